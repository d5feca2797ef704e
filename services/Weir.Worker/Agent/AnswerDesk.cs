using Weir.Contracts.Ownership;
using Weir.Core.Assignments;
using Weir.Core.Identity;

namespace Weir.Worker.Agent;

/// <summary>Words the answers to commands.</summary>
internal sealed class AnswerDesk(WorkerSelf self, IControlPlane plane)
{
    private const int ErrorMax = 200;
    private const int DetailMax = 500;

    internal void Say(AnswerKind kind, Incarnation incarnation, StreamId stream, Epoch epoch, StartRefusal refusal, Exception? fault)
    {
        var of = new StreamEpoch(stream.Value, epoch.Value);
        plane.SendInOrder(kind switch
        {
            AnswerKind.Started => new StreamsStarted(self.WorkerId, incarnation.Value, [of]),
            AnswerKind.Released => new StreamsReleased(self.WorkerId, incarnation.Value, [of]),
            AnswerKind.Refused => new StreamStartRefused(self.WorkerId, incarnation.Value, of.StreamId, of.Epoch, refusal, Words(refusal)),
            AnswerKind.Failed => new StreamFailed(
                self.WorkerId, incarnation.Value, of.StreamId, of.Epoch, Cut(fault?.GetType().Name ?? "Ended", ErrorMax),
                Cut(fault?.Message ?? "The handler returned without having been told to stop", DetailMax)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is nothing to say"),
        });
    }

    private static string Words(StartRefusal refusal) => refusal switch
    {
        StartRefusal.EpochNotNew => "The epoch is not above the highest this process was told",
        StartRefusal.UnknownKind => "This worker has no handler for the stream's kind",
        StartRefusal.Stopping => "The worker is being emptied",
        _ => "The worker's own lease is not valid",
    };

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
