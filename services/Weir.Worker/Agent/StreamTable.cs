using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Ownership;
using Weir.Core.Assignments;
using Weir.Core.Consistency;
using Weir.Core.Identity;
using Weir.Core.Worker;
using Weir.Worker.Telemetry;
using Holding = Weir.Contracts.Registration.Holding;

namespace Weir.Worker.Agent;

/// <summary>The streams of one process: a gate each, and the handlers that run. All but what handlers call is under the agent's lock.</summary>
internal sealed class StreamTable(WorkerAgent agent, HandlerKinds kinds, AnswerDesk answers, Lock gate, WorkerTelemetry telemetry, ILogger logger)
{
    private static readonly TimeSpan ClaimPause = TimeSpan.FromSeconds(1);

    private readonly ClaimWatch _claims = new(telemetry.Worker, logger);
    private readonly Dictionary<StreamId, StreamSlot> _slots = [];
    private readonly HashSet<StreamSlot> _busy = [];

    // The highest epoch that a forgotten gate was told: nothing at or below it starts any more where nothing runs.
    private Epoch _floor = Epoch.None;

    internal Epoch Highest { get; private set; }

    internal WorkerTelemetry Telemetry => telemetry;

    /// <summary>How many gates of streams that run no more are kept; then half of them go, those told the lowest epochs.</summary>
    internal int GatesKeptMax { get; set; } = 10_000;

    internal int Gates => _slots.Count;

    internal bool AnyRuns => _busy.Count > 0;

    internal int Running => _busy.Count;

    internal IEnumerable<StreamRun> Runs => _busy.Select(slot => slot.Run!);

    internal void Start(StreamGrant grant, Cover cover, bool leaseIsValid, bool draining, ActivityContext command)
    {
        var (slot, epoch) = (SlotOf(grant.StreamId), new Epoch(grant.Epoch));
        var isNew = slot.Gate.Handler == HandlerState.None;
        if (isNew && epoch <= _floor)
        {
            // Its gate may be among those that were forgotten. Refusing is always safe: a grant that still counts is given again, higher.
            Told(epoch);
            answers.Say(AnswerKind.Refused, cover.Incarnation, slot.Id, epoch, StartRefusal.EpochNotNew, fault: null);
            return;
        }
        var refusal = epoch <= slot.Gate.Told ? StartRefusal.EpochNotNew
            : isNew && draining ? StartRefusal.Stopping
            : isNew && !kinds.Knows(grant.Kind) ? StartRefusal.UnknownKind
            : StartRefusal.NoLease;
        if (epoch > slot.Gate.Told)
        {
            (slot.Info, slot.GrantedUnder) = (new StreamInfo(grant), cover);
            slot.Trace?.Failed("A newer grant came");
            slot.Trace = StartTrace.Begin(telemetry.Worker, cover.Incarnation.Value, grant, command);
        }
        var mayStart = leaseIsValid && refusal is not (StartRefusal.Stopping or StartRefusal.UnknownKind);
        Told(epoch);
        Take(slot, slot.Gate.Start(epoch, cover.Incarnation, mayStart), cover.Incarnation, StopReason.None, refusal);
        if (slot.Gate.Handler == HandlerState.None)
            TraceEnds(slot, refusal.ToString());
    }

    internal void Release(StreamEpoch release, Incarnation incarnation, StopReason reason)
    {
        var (slot, epoch) = (SlotOf(release.StreamId), new Epoch(release.Epoch));
        Told(epoch);
        Take(slot, slot.Gate.Release(epoch), incarnation, reason);
    }

    /// <summary>
    /// Forgets gates of streams that run no more, once there are too many. Nothing at or below the highest of them starts from then on, so
    /// that a command which comes late finds the gate as shut as if it were there.
    /// </summary>
    internal void Forget()
    {
        var ended = _slots.Count - _busy.Count;
        if (ended <= GatesKeptMax)
            return;
        foreach (var slot in _slots.Values.Where(slot => slot.Run is null).OrderBy(slot => slot.Gate.Told.Value).Take(ended - (GatesKeptMax / 2)).ToList())
        {
            _slots.Remove(slot.Id);
            _floor = slot.Gate.Told > _floor ? slot.Gate.Told : _floor;
        }
    }

    /// <summary>Cancels every handler that its lease no longer covers.</summary>
    internal void CancelLapsed()
    {
        foreach (var slot in _busy.Where(slot => !Covers(slot)).ToList())
            Take(slot, slot.Gate.Cancel(), slot.Gate.CoveredBy, StopReason.LeaseLost);
    }

    /// <summary>Says of which Fenced streams the claim is missing.</summary>
    internal void LookAtClaims(TimeSpan now) => _claims.Look(_busy, now);

    /// <summary>Whether a stream's handler runs and has not called for the claim without which its stream does not count as started. For whoever does not hold the lock.</summary>
    internal bool LacksClaim(string stream)
    {
        lock (gate)
            return _slots.TryGetValue(StreamId.Parse(stream), out var slot) && slot is { Gate.Handler: HandlerState.Claiming, Run.HasClaimed: false };
    }

    internal void CancelAll(StopReason reason)
    {
        foreach (var slot in _busy.ToList())
            Take(slot, slot.Gate.Cancel(), slot.Gate.CoveredBy, reason);
    }

    /// <summary>A handler that has not ended though its lease all but has; null when there is none.</summary>
    internal StreamSlot? MustExit(TimeSpan now) =>
        _busy.FirstOrDefault(slot => slot.Run!.Cover.MustExit(slot.Run.Info.LocalModeFor, now));

    internal int Stuck(TimeSpan now, TimeSpan after) =>
        _busy.Count(slot => slot.Gate.Handler == HandlerState.Stopping && now - slot.Run!.StoppingSince > after);

    internal List<Holding> List() =>
        [.. _busy.OrderBy(slot => slot.Id).Select(slot => new Holding(
            slot.Id.Value, slot.Gate.RunsAt.Value, slot.Gate.Handler == HandlerState.Stopping || !Covers(slot)))];

    internal HoldingsDigest Digest()
    {
        var digest = default(HoldingsDigest);
        foreach (var slot in _busy)
            if (slot.Gate.Handler == HandlerState.Running)
                digest = digest.Toggle(slot.Id, slot.Gate.RunsAt);
        return digest;
    }

    /// <summary>A handler's claim has returned.</summary>
    /// <returns>False when the epoch was raised meanwhile: it must be claimed again.</returns>
    internal bool OnClaimed(StreamRun run, long epoch)
    {
        lock (gate)
        {
            if (run.Slot.Run != run)
                throw new LeaseLostException(run.Info.Id, epoch, "its run has ended");
            if (run.Slot.Gate.RunsAt.Value != epoch)
                return false;
            run.ClaimReturned();
            Claimed(run.Slot, run);
            return true;
        }
    }

    private void Take(
        StreamSlot slot, in GateStep step, Incarnation incarnation, StopReason reason, StartRefusal refusal = StartRefusal.NoLease, Exception? fault = null)
    {
        slot.Gate = step.Next;
        // What was said must be said before what a new run says.
        if (step.Answer != AnswerKind.None)
            answers.Say(step.Answer, incarnation, slot.Id, step.Epoch, refusal, fault);
        switch (step.Action)
        {
            case GateAction.StartHandler:
                Begin(slot);
                break;
            case GateAction.RaiseHandler:
                Raise(slot);
                break;
            case GateAction.CancelHandler:
                WorkerLog.Stopping(logger, slot.Id.Value, slot.Gate.RunsAt.Value, reason);
                slot.Run!.Cancel(reason, agent.Now);
                break;
        }
    }

    private void Begin(StreamSlot slot)
    {
        var run = new StreamRun(this, slot, slot.Info!, slot.GrantedUnder!, slot.Gate.RunsAt.Value);
        run.AwaitedSince = agent.Now;
        slot.Run = run;
        _busy.Add(slot);
        telemetry.Started(run.Info.Kind);
        WorkerLog.Starting(logger, slot.Id.Value, slot.Gate.RunsAt.Value);
        if (run.ClaimsNothing)
            Claimed(slot, run);
        _ = Task.Run(() => RunAsync(run));
    }

    private void Raise(StreamSlot slot)
    {
        var (run, epoch) = (slot.Run!, slot.Gate.RunsAt.Value);
        WorkerLog.Raised(logger, slot.Id.Value, epoch);
        run.AwaitedSince = agent.Now;
        if (run.Raise(epoch, slot.GrantedUnder!) is { } claim)
            _ = Task.Run(() => ClaimAgainAsync(run, claim, epoch));
        else if (run.ClaimsNothing)
            Claimed(slot, run);
    }

    private void Claimed(StreamSlot slot, StreamRun run)
    {
        run.WriteUnder(slot.Gate.RunsAt.Value);
        slot.Trace?.Done();
        slot.Trace = null;
        Take(slot, slot.Gate.Claimed(slot.Gate.RunsAt), slot.Gate.CoveredBy, StopReason.None);
    }

    private async Task RunAsync(StreamRun run)
    {
        Exception? fault = null;
        Activity.Current = null; // what a handler does for days belongs to no command
        using var scope = logger.BeginScope(new StreamScope(telemetry.Worker, run.Lease));
        try
        {
            await kinds.RunAsync(run.Lease, run.Stop);
        }
        catch (Exception e)
        {
            fault = e; // Whatever a handler throws is its end, and is said.
        }
        lock (gate)
            Ended(run, fault);
    }

    private void Ended(StreamRun run, Exception? fault)
    {
        var slot = run.Slot;
        var byItself = run.LostAtSink || slot.Gate.Handler != HandlerState.Stopping;
        WorkerLog.Ended(logger, slot.Id.Value, slot.Gate.RunsAt.Value, run.StopReason, byItself ? fault : null);
        run.Over(agent.Now);
        telemetry.Stopped(run.Info.Kind, byItself ? null : run.StopReason);
        if (slot.Gate.Waiting == Epoch.None)
            TraceEnds(slot, "The handler ended before it counted as started");
        slot.Run = null;
        _busy.Remove(slot);
        var step = slot.Gate.Ended(agent.LeaseIsValid, byItself);
        Take(slot, step, step.Next.CoveredBy, StopReason.None, fault: fault);
        if (slot.Gate.Handler == HandlerState.None)
            TraceEnds(slot, "The worker's lease had ended");
        agent.Woken();
    }

    // The sink may be away for a while; the claim is asked again as long as it is this one that is wanted.
    private async Task ClaimAgainAsync(StreamRun run, Func<long, CancellationToken, Task> claim, long epoch)
    {
        while (IsWanted(run, epoch))
        {
            try
            {
                await claim(epoch, run.Stop);
                OnClaimed(run, epoch);
                return;
            }
            catch (LeaseLostException e)
            {
                WorkerLog.ClaimRefused(logger, run.Info.Id, epoch, e);
                lock (gate)
                    LoseAtSink(run);
                return;
            }
            catch (Exception e) when (!run.Stop.IsCancellationRequested)
            {
                WorkerLog.ClaimFailed(logger, run.Info.Id, epoch, e);
                await Task.Delay(ClaimPause, agent.Clock, CancellationToken.None);
            }
            catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private bool IsWanted(StreamRun run, long epoch)
    {
        lock (gate)
            return run.Slot.Run == run && run.Slot.Gate.Handler == HandlerState.Claiming && run.Slot.Gate.RunsAt.Value == epoch;
    }

    private void LoseAtSink(StreamRun run)
    {
        if (run.Slot.Run != run)
            return;
        run.LoseAtSink(agent.Now);
        run.Slot.Gate = run.Slot.Gate.Cancel().Next;
    }

    private static bool Covers(StreamSlot slot) => slot.Run!.Cover.Covers(slot.Run.Info.LocalModeFor);

    private StreamSlot SlotOf(string stream)
    {
        var id = StreamId.Parse(stream);
        if (!_slots.TryGetValue(id, out var slot))
            _slots.Add(id, slot = new StreamSlot(id));
        return slot;
    }

    private static void TraceEnds(StreamSlot slot, string why)
    {
        slot.Trace?.Failed(why);
        slot.Trace = null;
    }

    private void Told(Epoch epoch) => Highest = epoch > Highest ? epoch : Highest;
}
