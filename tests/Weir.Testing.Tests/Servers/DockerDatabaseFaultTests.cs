using Weir.Testing.Servers;

namespace Weir.Testing.Tests.Servers;

public sealed class DockerDatabaseFaultTests : DatabaseFaultTests
{
    private protected override IServerSource Source => TestServers.Docker;
}
