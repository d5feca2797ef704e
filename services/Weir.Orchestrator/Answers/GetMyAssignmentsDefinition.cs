using MassTransit;
using Weir.Bus.Endpoints;
using Weir.Outbox;
using Weir.Persistence;

namespace Weir.Orchestrator.Answers;

// On one queue with the other answers: the same policy, and the same inside, whichever is configured first.
internal sealed class GetMyAssignmentsDefinition() : WeirConsumerDefinition<GetMyAssignmentsConsumer>(AnswerPolicy.Endpoint)
{
    protected override void ConfigureInside(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.UseConflictRetry();
        endpoint.UseEntityFrameworkOutbox<WeirDbContext>(context);
    }
}
