using Weir.Testing.Servers;

namespace Weir.Testing.Tests.Servers;

public sealed class LocalBrokerFaultTests : BrokerFaultTests
{
    private protected override IServerSource Source => TestServers.Local;
}
