using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Invariants;

namespace Weir.Core.Worker;

/// <summary>
/// A worker's memory of one stream: the highest epoch it was told, kept also after release, so that a Start that comes late finds
/// the gate shut. Whatever counts as "released" is said only while no handler of the stream runs.
/// </summary>
/// <param name="Told">The highest epoch any command named. Only grows.</param>
public readonly record struct StreamGate(Epoch Told)
{
    /// <summary>What the handler is doing.</summary>
    public HandlerState Handler { get; init; }

    /// <summary>The epoch the handler was started at, or raised to.</summary>
    public Epoch RunsAt { get; init; }

    /// <summary>The life whose lease covers the handler.</summary>
    public Incarnation CoveredBy { get; init; }

    /// <summary>The epoch that starts once the present handler has ended; none when nothing waits.</summary>
    public Epoch Waiting { get; init; }

    /// <summary>The life that the waiting Start named.</summary>
    public Incarnation WaitingFor { get; init; }

    /// <summary>A release was asked for and is answered when the handler has ended.</summary>
    public bool ReleaseAsked { get; init; }

    /// <summary>Start at <paramref name="epoch"/>.</summary>
    /// <param name="epoch">The epoch granted.</param>
    /// <param name="incarnation">The worker's present life, which the command named.</param>
    /// <param name="leaseIsValid">Whether that life's lease is valid now.</param>
    public GateStep Start(Epoch epoch, Incarnation incarnation, bool leaseIsValid)
    {
        if (epoch <= Told)
            return AnswerLateStart(epoch);
        if (!leaseIsValid)
            return Handler == HandlerState.None ? GateStep.Say(Raise(epoch), AnswerKind.Refused, epoch) : GateStep.Keep(this);

        var raised = Raise(epoch) with { ReleaseAsked = false };
        return Handler switch
        {
            HandlerState.None => GateStep.Do(raised.Cover(epoch, incarnation), GateAction.StartHandler),
            HandlerState.Stopping => GateStep.Keep(raised with { Waiting = epoch, WaitingFor = incarnation }),
            _ => GateStep.Do(raised.Cover(epoch, incarnation), GateAction.RaiseHandler),
        };
    }

    /// <summary>Release at <paramref name="epoch"/>: nothing at or below it may start any more.</summary>
    public GateStep Release(Epoch epoch)
    {
        if (epoch < Told)
            return GateStep.Keep(this);

        var shut = Raise(epoch) with { Waiting = Epoch.None, ReleaseAsked = true };
        return Handler switch
        {
            HandlerState.None => GateStep.Say(shut with { ReleaseAsked = false }, AnswerKind.Released, epoch),
            HandlerState.Stopping => GateStep.Keep(shut),
            _ => GateStep.Do(shut with { Handler = HandlerState.Stopping }, GateAction.CancelHandler),
        };
    }

    /// <summary>The claim at <paramref name="epoch"/> has returned (at once for an Unfenced stream).</summary>
    public GateStep Claimed(Epoch epoch) => Handler == HandlerState.Claiming && RunsAt == epoch
        ? GateStep.Say(this with { Handler = HandlerState.Running }, AnswerKind.Started, epoch)
        : GateStep.Keep(this);

    /// <summary>The handler is to stop: its lease lapsed, its sink refused it, or the worker is ending.</summary>
    public GateStep Cancel() => Handler is HandlerState.Claiming or HandlerState.Running
        ? GateStep.Do(this with { Handler = HandlerState.Stopping }, GateAction.CancelHandler)
        : GateStep.Keep(this);

    /// <summary>The handler has ended.</summary>
    /// <param name="leaseIsValid">Whether the worker's present lease is valid now.</param>
    /// <param name="byItself">It failed, or its sink refused its claim: nobody had told it to stop.</param>
    public GateStep Ended(bool leaseIsValid, bool byItself)
    {
        Invariant.Holds(Handler != HandlerState.None, "gate", $"a handler ended at epoch {RunsAt} that was never started");
        var ended = this with { Handler = HandlerState.None, Waiting = Epoch.None, ReleaseAsked = false };
        if (Waiting > Epoch.None)
        {
            Invariant.Holds(Waiting == Told, "gate", $"epoch {Waiting} waits behind a gate at {Told}");
            return leaseIsValid
                ? GateStep.Do(ended.Cover(Waiting, WaitingFor), GateAction.StartHandler)
                : GateStep.Say(ended with { CoveredBy = WaitingFor }, AnswerKind.Refused, Waiting);
        }
        if (ReleaseAsked)
            return GateStep.Say(ended, AnswerKind.Released, Told);

        return byItself ? GateStep.Say(ended, AnswerKind.Failed, RunsAt) : GateStep.Keep(ended);
    }

    // A Start at or below the gate starts nothing. While a handler runs it is answered only if it runs at that very epoch: any
    // other answer would count as released.
    private GateStep AnswerLateStart(Epoch epoch) => Handler switch
    {
        HandlerState.None => GateStep.Say(this, AnswerKind.Refused, epoch),
        HandlerState.Running when RunsAt == epoch => GateStep.Say(this, AnswerKind.Started, epoch),
        _ => GateStep.Keep(this),
    };

    private StreamGate Raise(Epoch epoch)
    {
        Invariant.Holds(epoch >= Told, "gate-monotone", $"a gate at {Told} would fall to {epoch}");
        return this with { Told = epoch };
    }

    private StreamGate Cover(Epoch epoch, Incarnation incarnation) =>
        this with { Handler = HandlerState.Claiming, RunsAt = epoch, CoveredBy = incarnation };
}
