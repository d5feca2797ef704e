using MassTransit;
using Weir.Bus.Endpoints;
using Weir.Outbox;
using Weir.Persistence;

namespace Weir.Orchestrator.Answers;

internal sealed class AnswerDefinition() : WeirConsumerDefinition<AnswerConsumer>(AnswerPolicy.Endpoint)
{
    protected override void ConfigureInside(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.UseConflictRetry();
        endpoint.UseEntityFrameworkOutbox<WeirDbContext>(context);
    }
}
