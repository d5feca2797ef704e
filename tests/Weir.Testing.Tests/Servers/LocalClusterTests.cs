using Weir.Testing.Servers;

namespace Weir.Testing.Tests.Servers;

public sealed class LocalClusterTests : ClusterTests
{
    private protected override IServerSource Source => TestServers.Local;
}
