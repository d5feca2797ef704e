using Weir.Testing.Servers;

namespace Weir.Testing.Tests.Servers;

public sealed class LocalDatabaseFaultTests : DatabaseFaultTests
{
    private protected override IServerSource Source => TestServers.Local;
}
