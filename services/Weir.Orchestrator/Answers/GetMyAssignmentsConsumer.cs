using MassTransit;
using Weir.Contracts.Ownership;
using Weir.Core.Identity;

namespace Weir.Orchestrator.Answers;

/// <summary>A worker asks what the table grants it.</summary>
internal sealed class GetMyAssignmentsConsumer(AssignmentList list) : IConsumer<GetMyAssignments>
{
    public Task Consume(ConsumeContext<GetMyAssignments> context) =>
        list.AnswerAsync(new Incarnation(context.Message.Incarnation), context.Message.Question, context.CancellationToken);
}
