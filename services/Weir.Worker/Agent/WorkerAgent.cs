using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Holdings;
using Weir.Contracts.Leases;
using Weir.Contracts.Ownership;
using Weir.Contracts.Registration;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Worker;
using Weir.Worker.Telemetry;

namespace Weir.Worker.Agent;

/// <summary>
/// A worker's process as the protocol sees it: registers, beats, watches its lease, runs what it is told. Messages come in from any
/// thread, <see cref="Look"/> from the thread that watches; all of it goes under one lock, and nothing under it waits.
/// </summary>
internal sealed class WorkerAgent
{
    private readonly Lock _gate = new();
    private readonly WorkerSelf _self;
    private readonly WeirWorkerOptions _options;
    private readonly IControlPlane _plane;
    private readonly IProcessEnd _end;
    private readonly Func<double> _chance;
    private readonly ILogger _logger;
    private readonly ProcessFigures _figures;
    private readonly ReportRound _reports;
    private readonly WorkerTelemetry _telemetry;
    private readonly RegistrationRound _round;
    private readonly EarlyCommands _early = new();
    private readonly Farewell _farewell;
    private readonly long _origin;

    private Cover? _cover;
    private TimeSpan _jitter;
    private long _markRead;
    private long _question;
    private bool _stuckSaid;

    internal WorkerAgent(
        WorkerSelf self, WeirWorkerOptions options, HandlerKinds kinds, IControlPlane plane, IProcessEnd end, TimeProvider clock,
        Func<double> chance, ILogger logger)
    {
        (_self, _options, _plane, _end, Clock, _chance, _logger) = (self, options, plane, end, clock, chance, logger);
        _origin = clock.GetTimestamp();
        (_figures, _round, _telemetry) = (new ProcessFigures(clock), new RegistrationRound(self, options, chance), new WorkerTelemetry(self.WorkerId));
        Streams = new StreamTable(this, kinds, new AnswerDesk(self, plane), _gate, _telemetry, logger);
        _reports = new ReportRound(self, plane);
        _farewell = new Farewell(self, options, plane, Streams, logger);
    }

    /// <summary>Rung when there may be something to look at before the next look is due.</summary>
    internal Action? Wake { get; set; }

    /// <summary>Completes when nothing of the worker runs any more, or what runs was given up.</summary>
    internal Task Ended => _farewell.Ended;

    internal TimeProvider Clock { get; }

    internal TimeSpan Now => Clock.GetElapsedTime(_origin);

    internal StreamTable Streams { get; }

    internal WorkerPhase Phase { get; private set; }

    internal Incarnation Incarnation => _cover?.Incarnation ?? Incarnation.None;

    internal bool LeaseIsValid => Phase == WorkerPhase.Registered && _cover!.Lease.IsValid(Now, _cover.Times);

    /// <summary>As <see cref="LeaseIsValid"/>, for whoever does not hold the lock.</summary>
    internal bool HasLease
    {
        get
        {
            lock (_gate)
                return LeaseIsValid;
        }
    }

    /// <summary>Whether some handler was told to stop and has not ended.</summary>
    internal bool IsStopping
    {
        get
        {
            lock (_gate)
                return Streams.Runs.Any(run => run.StopReason != StopReason.None);
        }
    }

    internal void Woken() => Wake?.Invoke();

    /// <summary>The command queue is there, for the first time or anew.</summary>
    internal void OnCommandsReady()
    {
        lock (_gate)
        {
            _round.Hears(Now);
            if (Phase is WorkerPhase.Starting)
                Phase = WorkerPhase.Registering;
            if (Phase == WorkerPhase.Registered)
            {
                // What lay in the old queue is gone with it.
                _plane.SendInOrder(new GetMyAssignments(_self.WorkerId, Incarnation.Value, ++_question));
            }
        }
        Woken();
    }

    /// <summary>The command queue is gone, until it is ready again.</summary>
    internal void OnCommandsGone()
    {
        lock (_gate)
            _round.IsDeaf();
    }

    internal void OnRegistered(WorkerRegistered answer)
    {
        lock (_gate)
        {
            if (Phase != WorkerPhase.Registering || answer.ProcessId != _self.ProcessId || !_round.IsUnderWay(answer.Attempt))
                return;
            var times = LeaseTimes.Fast with { Beat = TimeSpan.FromMilliseconds(answer.BeatMs), Ttl = TimeSpan.FromMilliseconds(answer.LeaseMs) };
            var lease = LeaseAgent.Begin(new Incarnation(answer.Incarnation), _round.SentAt!.Value);
            if (!lease.IsValid(Now, times))
            {
                _round.Again(Now); // it came too late to be worth anything
                return;
            }
            _cover = new Cover(lease, times, Clock, _origin);
            _round.Done();
            _markRead = 0;
            _jitter = -_chance() * times.Beat / 2;
            Phase = WorkerPhase.Registered;
            WorkerLog.Registered(_logger, _self.WorkerId, _self.ProcessId, answer.Incarnation, answer.BeatMs, answer.LeaseMs);
            Registered?.Invoke();
            foreach (var command in _early.TakeFor(_cover.Incarnation))
                command();
        }
        Woken();
    }

    /// <summary>Rung each time a life was given.</summary>
    internal Action? Registered { get; set; }

    internal void OnRegistrationRefused(RegistrationRefused answer)
    {
        lock (_gate)
        {
            if (answer.ProcessId != _self.ProcessId || Phase == WorkerPhase.Ending)
                return;
            if (answer.Superseded)
            {
                Superseded(answer.Reason);
                return;
            }
            if (!_round.IsUnderWay(answer.Attempt))
                return;
            WorkerLog.RegistrationRefused(_logger, _self.WorkerId, answer.Reason);
            Leave(StopReason.Shutdown, WorkerExitCode.Refused);
        }
    }

    internal void OnRenewed(LeaseRenewed answer)
    {
        lock (_gate)
        {
            if (_cover is null || answer.Incarnation != Incarnation.Value)
                return;
            if (answer.BeatMs > 0 && answer.BeatMs != _cover.Times.Beat.TotalMilliseconds)
                _cover.Times = _cover.Times with { Beat = TimeSpan.FromMilliseconds(answer.BeatMs) };
            var (before, now) = (_cover.Lease, Now);
            _cover.Lease = before.Renewed(answer.Sequence, now, _cover.Times);
            if (_cover.Lease.Acknowledged <= before.Acknowledged)
                return;
            _round.Renewed();
            _telemetry.Renewed(now - _cover.Lease.CountsFrom);
        }
    }

    internal void OnLeaseRefused(LeaseRefused answer)
    {
        lock (_gate)
        {
            if (_cover is null || answer.Incarnation != Incarnation.Value || Phase == WorkerPhase.Ending)
                return;
            if (answer.Reason == LeaseRefusal.Superseded)
                Superseded("Its beat was refused");
            else if (Phase == WorkerPhase.Registered && answer.Reason == LeaseRefusal.CommandsUnread)
                Rebuild();
            else if (Phase == WorkerPhase.Registered)
                Register(answer.Reason.ToString());
        }
        Woken();
    }

    internal void OnRegisterAgain(RegisterAgain command)
    {
        lock (_gate)
        {
            if (command.Incarnation == Incarnation.Value && Phase == WorkerPhase.Registered)
                Register(command.Reason);
        }
        Woken();
    }

    internal void OnMark(CommandMark mark)
    {
        lock (_gate)
        {
            if (mark.Incarnation == Incarnation.Value)
                _markRead = Math.Max(_markRead, mark.Mark);
        }
    }

    internal void OnStart(StartStreams command, ActivityContext trace = default) =>
        Obey(nameof(StartStreams), command.Incarnation, () => Start(command.Streams, trace));

    internal void OnAssignments(Assignments answer, ActivityContext trace = default) =>
        Obey(nameof(Assignments), answer.Incarnation, () => Start(answer.Streams, trace));

    internal void OnRelease(ReleaseStreams command) => Obey(nameof(ReleaseStreams), command.Incarnation, () =>
    {
        foreach (var stream in command.Streams)
            Streams.Release(stream, Incarnation, _farewell.IsDraining ? StopReason.Drained : StopReason.Released);
    });

    internal void OnReportHoldings(ReportHoldings command) => Obey(nameof(ReportHoldings), command.Incarnation, () =>
    {
        var parts = HoldingParts.Of(Streams.List());
        for (var part = 1; part <= parts.Count; part++)
            _plane.SendInOrder(new HoldingsReported(_self.WorkerId, Incarnation.Value, command.Question, part, parts.Count, parts[part - 1], Streams.Highest.Value));
    });

    /// <summary>Every stream whose handler has not ended.</summary>
    internal IReadOnlyList<Holding> Held()
    {
        lock (_gate)
            return Streams.List();
    }

    internal bool Runs(string stream) => Held().Any(held => held.StreamId == stream);

    internal bool IsToldToGoOn(string stream) => Held().Any(held => held.StreamId == stream && !held.Stopping);

    internal bool HasBegun(string stream)
    {
        lock (_gate)
            return Streams.Runs.Any(run => run.Info.Id == stream && run.Lease.HasBegun);
    }

    internal void StopAll()
    {
        lock (_gate)
            Streams.CancelAll(StopReason.Shutdown);
    }

    /// <summary>The process is asked to end: it says so, is emptied, and leaves.</summary>
    internal void Drain()
    {
        lock (_gate)
            _farewell.Begin(Now);
        Woken();
    }

    /// <summary>Everything that is due by time. Called every 50 ms, and when rung.</summary>
    internal void Look()
    {
        lock (_gate)
        {
            var now = Now;
            if (Phase == WorkerPhase.Registered)
                LookAtLease(now);
            if (Phase == WorkerPhase.Registering)
            {
                foreach (var part in _round.Look(now, _cover?.Times.Ttl, Streams))
                    _plane.SendNow(part);
                if (_round.TakeDoubt(now))
                {
                    WorkerLog.QueuesDoubted(_logger, _self.WorkerId);
                    _plane.RebuildQueues();
                }
            }
            Streams.CancelLapsed();
            Streams.LookAtClaims(now);
            Streams.Forget();
            LookAtHandlers(now);
            if (LeaseIsValid)
                _reports.Look(now, Incarnation, Streams.Runs);
            var incarnation = Phase == WorkerPhase.Registered ? Incarnation : Incarnation.None;
            if (_farewell.Look(now, incarnation))
                Phase = WorkerPhase.Ending;
        }
    }

    private void Obey(string message, long incarnation, Action command)
    {
        lock (_gate)
        {
            if (Phase == WorkerPhase.Registered && incarnation == Incarnation.Value)
                command();
            else if (Phase is WorkerPhase.Registering && incarnation > Incarnation.Value)
                _early.Keep(new Incarnation(incarnation), command);
            else
                DropCommand(message, incarnation);
        }
    }

    private void DropCommand(string message, long incarnation)
    {
        _telemetry.CommandDropped(message);
        WorkerLog.OtherLife(_logger, message, incarnation, Incarnation.Value);
    }

    private void Start(IReadOnlyList<StreamGrant> grants, ActivityContext trace)
    {
        foreach (var grant in grants)
            Streams.Start(grant, _cover!, LeaseIsValid, _farewell.IsDraining, trace);
    }

    private void LookAtLease(TimeSpan now)
    {
        _cover!.Lease = _cover.Lease.Look(now, _cover.Times);
        if (_cover.Lease.Lapsed)
        {
            WorkerLog.Lapsed(_logger, _self.WorkerId, Incarnation.Value, Streams.Running);
            Register(why: null);
        }
        else if (now >= _cover.Lease.NextBeatAt(_cover.Times) + _jitter)
        {
            Beat(now);
        }
    }

    private void Beat(TimeSpan now)
    {
        _cover!.Lease = _cover.Lease.Beat(now);
        _jitter = (_chance() - 0.5) * _cover.Times.Beat / 20;
        var digest = Streams.Digest().Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
        _plane.SendNow(new WorkerBeat(
            _self.WorkerId, Incarnation.Value, _cover.Lease.Sequence, _markRead, Streams.Running, Streams.Stuck(now, _options.StuckAfter),
            digest, _figures.CpuShare(), ProcessFigures.MemoryBytes(), _self.ProcessId));
    }

    private void Register(string? why)
    {
        if (why is not null)
            WorkerLog.Refused(_logger, _self.WorkerId, Incarnation.Value, why);
        Phase = WorkerPhase.Registering;
        _round.Again(Now);
    }

    private void LookAtHandlers(TimeSpan now)
    {
        if (Streams.MustExit(now) is { } slot)
        {
            WorkerLog.MustExit(_logger, slot.Id.Value, slot.Gate.RunsAt.Value, slot.Run!.StopReason);
            _end.Now(WorkerExitCode.HandlerNotEnded);
        }
        var stuck = Streams.Stuck(now, _options.StuckAfter);
        if (stuck > 0 && !_stuckSaid)
        {
            WorkerLog.Stuck(_logger, _self.WorkerId, stuck);
            if (_options.StuckHandler == StuckHandler.ExitProcess)
                _end.Now(WorkerExitCode.HandlerNotEnded);
        }
        _stuckSaid = stuck > 0;
    }

    private void Rebuild()
    {
        WorkerLog.Refused(_logger, _self.WorkerId, Incarnation.Value, nameof(LeaseRefusal.CommandsUnread));
        Phase = WorkerPhase.Starting;
        _plane.RebuildQueues();
    }

    private void Superseded(string reason)
    {
        WorkerLog.Superseded(_logger, _self.WorkerId, _self.ProcessId, reason);
        Leave(StopReason.LeaseLost, WorkerExitCode.Superseded);
    }

    private void Leave(StopReason reason, int exitCode)
    {
        Phase = WorkerPhase.Ending;
        Streams.CancelAll(reason);
        _farewell.BeginForced(Now);
        _end.Ask(exitCode);
    }
}
