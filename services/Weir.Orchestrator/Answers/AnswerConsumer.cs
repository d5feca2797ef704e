using MassTransit;
using Weir.Contracts.Ownership;
using Weir.Core.Assignments;
using Weir.Core.Identity;

namespace Weir.Orchestrator.Answers;

/// <summary>What workers say about streams. A stream that no worker can run counts as failed, so that it does not circle for ever.</summary>
internal sealed class AnswerConsumer(AnswerDesk desk)
    : IConsumer<StreamsStarted>, IConsumer<StreamsReleased>, IConsumer<StreamStartRefused>, IConsumer<StreamFailed>
{
    public Task Consume(ConsumeContext<StreamsStarted> context) =>
        desk.TakeAsync(All(AnswerKind.Started, context.Message.Incarnation, context.Message.Streams), context.CancellationToken);

    public Task Consume(ConsumeContext<StreamsReleased> context) =>
        desk.TakeAsync(All(AnswerKind.Released, context.Message.Incarnation, context.Message.Streams), context.CancellationToken);

    public Task Consume(ConsumeContext<StreamStartRefused> context)
    {
        var kind = context.Message.Reason is StartRefusal.UnknownKind or StartRefusal.Failed ? AnswerKind.Failed : AnswerKind.Refused;
        return desk.TakeAsync(All(kind, context.Message.Incarnation, [new StreamEpoch(context.Message.StreamId, context.Message.Epoch)]), context.CancellationToken);
    }

    public Task Consume(ConsumeContext<StreamFailed> context) => desk.TakeAsync(
        All(AnswerKind.Failed, context.Message.Incarnation, [new StreamEpoch(context.Message.StreamId, context.Message.Epoch)]), context.CancellationToken);

    // A name that is none speaks of no row.
    private static List<StreamAnswer> All(AnswerKind kind, long incarnation, IReadOnlyList<StreamEpoch> streams)
    {
        var answers = new List<StreamAnswer>(streams.Count);
        foreach (var stream in streams)
            if (StreamId.TryParse(stream.StreamId, out var id))
                answers.Add(new StreamAnswer(kind, new Incarnation(incarnation), id, new Epoch(stream.Epoch)));
        return answers;
    }
}
