using Weir.Testing.Servers;

namespace Weir.Testing.Tests.Servers;

public sealed class DockerBrokerFaultTests : BrokerFaultTests
{
    private protected override IServerSource Source => TestServers.Docker;
}
