using MassTransit;
using Weir.Bus.Endpoints;
using Weir.Outbox;
using Weir.Persistence;

namespace Weir.Orchestrator.Requests;

// Two consumers on one queue: the same policy, and the same inside, whichever is configured first.
internal sealed class RequestRebalanceDefinition() : WeirConsumerDefinition<RequestRebalanceConsumer>(RequestPolicy.Endpoint)
{
    protected override void ConfigureInside(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.UseConflictRetry();
        endpoint.UseEntityFrameworkOutbox<WeirDbContext>(context);
    }
}
