using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Testing.Tests.Servers;

[Chaos, Slow]
public sealed class DockerBrokerFaultTests : BrokerFaultTests
{
    private protected override IServerSource Source => TestServers.Docker;
}
