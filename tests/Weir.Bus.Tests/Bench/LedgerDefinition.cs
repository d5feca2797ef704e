using MassTransit;
using Weir.Bus.Endpoints;
using Weir.Outbox;

namespace Weir.Bus.Tests.Bench;

internal sealed class LedgerDefinition() : WeirConsumerDefinition<LedgerConsumer>(Policy)
{
    internal static readonly EndpointPolicy Policy = EndpointPolicy.Of("ledger", "work", RetryLadder.None);

    protected override void ConfigureInside(IReceiveEndpointConfigurator endpoint, IRegistrationContext context) =>
        endpoint.UseEntityFrameworkOutbox<Ledger>(context);
}
