using Weir.Testing.Servers;

namespace Weir.Testing.Tests.Servers;

public sealed class DockerClusterTests : ClusterTests
{
    private protected override IServerSource Source => TestServers.Docker;
}
