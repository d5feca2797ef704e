using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Worker;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Mutants;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>A worker process with the SDK in it: registers, beats, watches its lease, runs what it is told.</summary>
internal sealed class WorkerProcess : SimProcess
{
    private const int HoldingsAPart = 4;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(25);

    private readonly HostFile _file;
    private readonly List<LeaseAgent> _earlier = [];
    private readonly string? _predecessor;
    private LeaseAgent _lease;
    private long _attempt;
    private TimeSpan _attemptSentAt;
    private long _markRead;
    private int _beatTimer;
    private bool _draining;

    internal WorkerProcess(World world, string name, WorkerSlot slot, HostFile file)
        : base(world, name)
    {
        Slot = slot;
        _file = file;
        _predecessor = file.TryLock(this) ? file.LastProcess : null;
        if (Mutant.Is("lock-vouches-for-anybody"))
            _predecessor = slot.File.LastProcess;
        Handlers = new StreamHandlers(world, this);
    }

    internal WorkerSlot Slot { get; }

    internal StreamHandlers Handlers { get; }

    internal WorkerPhase Phase { get; private set; }

    internal Incarnation Incarnation => _lease.Incarnation;

    /// <summary>Commands are not read while this lasts: the command consumer hangs.</summary>
    internal long CommandsUnreadUntil { get; set; }

    internal bool LeaseIsValid => Phase == WorkerPhase.Registered && _lease.IsValid(Clock, World.Shape.Times);

    /// <summary>Whether the SDK would let the stream's handler write now.</summary>
    internal bool Covers(int stream)
    {
        if (CoveringLease(stream) is not { } lease)
            return false;
        return lease.Covers(World.Streams.LocalModes[stream], Clock, World.Shape.Times);
    }

    internal bool MustExit(int stream) =>
        CoveringLease(stream) is not { } lease || lease.MustExit(World.Streams.LocalModes[stream], Clock, World.Shape.Times);

    /// <summary>God's question: would a write of this stream be let through at this instant.</summary>
    internal bool Acts(int stream) =>
        Alive && !Paused && Handlers.Gate(stream).Handler != HandlerState.None && Covers(stream);

    internal void Say(in StreamAnswer answer)
    {
        World.God.OnAnswer(this, answer);
        var said = answer;
        var index = Slot.Index;
        World.Broker.ToService(this, Service.Orchestrator, replica => ((OrchestratorReplica)replica).OnAnswer(index, said), 200 + (int)said.Kind);
    }

    internal void OnCommand(in StreamCommand command)
    {
        var told = command;
        if (World.Now < CommandsUnreadUntil)
        {
            World.At(CommandsUnreadUntil, () => Receive(() => OnCommand(told)));
            return;
        }
        if (Phase == WorkerPhase.Ending)
            return;
        if (command.Incarnation != Incarnation || Phase != WorkerPhase.Registered)
        {
            World.Hit(Branch.CommandOfOtherIncarnation);
            if (!Mutant.Is("command-of-other-incarnation-obeyed"))
                return;
        }
        Handlers.OnCommand(command, Incarnation, LeaseIsValid);
    }

    internal void OnMark(Incarnation incarnation, long mark)
    {
        if (World.Now >= CommandsUnreadUntil && incarnation == Incarnation)
            _markRead = Math.Max(_markRead, mark);
    }

    internal void OnReportHoldings(Incarnation incarnation, Epoch era)
    {
        if (incarnation != Incarnation || Phase != WorkerPhase.Registered)
            return;
        var (holdings, highest) = (Handlers.List(), Handlers.Highest);
        World.Broker.ToService(this, Service.Registry, replica => ((RegistryReplica)replica).OnHoldings(incarnation, era, holdings, highest), 210);
    }

    internal void OnRegistered(long attempt, Incarnation incarnation)
    {
        if (Phase != WorkerPhase.Registering || attempt != _attempt)
            return;
        var before = _lease;
        var lease = LeaseAgent.Begin(incarnation, _attemptSentAt);
        if (!lease.IsValid(Clock, World.Shape.Times))
            return;
        if (before.Incarnation != Incarnation.None)
            _earlier.Add(before);
        _earlier.RemoveAll(old => old.MustExit(World.Streams.LocalModeLongest, Clock, World.Shape.Times));
        _lease = lease;
        _markRead = 0;
        _file.Name(this);
        Phase = WorkerPhase.Registered;
        World.Say($"{Name} is {Slot.Id} {incarnation}");
        ScheduleBeat();
    }

    internal void OnRenewed(Incarnation incarnation, long sequence)
    {
        if (incarnation != Incarnation)
            return;
        if (!LeaseIsValid)
            World.Hit(Branch.LateAcknowledgement);
        var before = _lease;
        _lease = _lease.Renewed(sequence, Clock, World.Shape.Times);
        if (_lease.CountsFrom != before.CountsFrom)
            World.God.OnRenewed(this);
    }

    internal void OnRegisterAgain(Incarnation incarnation)
    {
        if (incarnation == Incarnation && Phase == WorkerPhase.Registered)
            Register();
    }

    internal void OnRefused(Incarnation incarnation, RenewOutcome why)
    {
        if (incarnation != Incarnation || Phase == WorkerPhase.Ending)
            return;
        if (why == RenewOutcome.Superseded)
            Superseded();
        else if (Phase == WorkerPhase.Registered)
            Register();
    }

    internal void OnSuperseded(string process)
    {
        if (process == Name)
            Superseded();
    }

    /// <summary>The process is asked to end: it says so, is emptied, and leaves.</summary>
    internal void Drain()
    {
        if (_draining || Phase == WorkerPhase.Ending)
            return;
        _draining = true;
        World.Say($"{Name} drains");
        After(DrainFor, EndDrain);
        SayDrain();
    }

    protected override void OnStart()
    {
        World.Say($"{Name} starts as {Slot.Id}, clock x {Rate / 1000.0}");
        Phase = WorkerPhase.Registering;
        After(TimeSpan.FromTicks(World.Rng.Between(0, 200 * Span.Ms)), Register);
        After(LookEvery, Look);
        After(TimeSpan.FromTicks(World.Rng.Between(0, Span.Second)), Work);
    }

    protected override void OnCrash() => World.Fleet.OnWorkerEnded(this, World.Rng.Between(500 * Span.Ms, !World.Healed && World.Rng.Below(3) == 0 ? 40 * Span.Second : 3 * Span.Second));

    protected override void OnResume() => World.God.OnResumed(this);

    private void Register()
    {
        if (Phase == WorkerPhase.Ending)
            return;
        Phase = WorkerPhase.Registering;
        _attempt++;
        _attemptSentAt = Clock;
        var attempt = _attempt;
        var holdings = Handlers.List();
        var parts = Math.Max(1, (holdings.Count + HoldingsAPart - 1) / HoldingsAPart);
        for (var part = 1; part <= parts; part++)
        {
            var sent = new RegisterPart(
                Slot.Index, Slot.Id, Name, attempt, _predecessor, Handlers.Highest, part, parts,
                holdings.GetRange((part - 1) * HoldingsAPart, Math.Min(HoldingsAPart, holdings.Count - (part - 1) * HoldingsAPart)));
            World.Broker.ToService(this, Service.Registry, replica => ((RegistryReplica)replica).OnRegister(sent), 220);
        }
        After(TimeSpan.FromTicks(World.Rng.Between(Span.Second, 2 * Span.Second)), () =>
        {
            if (Phase == WorkerPhase.Registering && _attempt == attempt)
                Register();
        });
    }

    private void ScheduleBeat()
    {
        var timer = ++_beatTimer;
        var jitter = TimeSpan.FromTicks(World.Rng.Between(-50 * Span.Ms, 50 * Span.Ms));
        var wait = _lease.NextBeatAt(World.Shape.Times) + jitter - Clock;
        After(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, () =>
        {
            if (timer == _beatTimer && Phase == WorkerPhase.Registered)
                SendBeat();
        });
    }

    private void SendBeat()
    {
        var due = _lease.NextBeatAt(World.Shape.Times) - TimeSpan.FromMilliseconds(60);
        if (Clock >= due)
        {
            _lease = _lease.Beat(Clock);
            var beat = new Beat(Slot.Id, Incarnation, _lease.Sequence, Handlers.Digest(), _markRead, Handlers.Stuck());
            var (index, process) = (Slot.Index, Name);
            World.Broker.ToService(this, Service.RegistryBeats, replica => ((RegistryReplica)replica).OnBeat(index, process, beat), 230);
            // The answer comes in milliseconds: look again after half a period, when a beat may be due sooner.
            var again = ++_beatTimer;
            After(World.Shape.Times.Beat / 2, () =>
            {
                if (again == _beatTimer && Phase == WorkerPhase.Registered)
                    SendBeat();
            });
        }
        else
        {
            ScheduleBeat();
        }
    }

    private void Look()
    {
        After(LookEvery, Look);
        if (Phase == WorkerPhase.Registered)
        {
            _lease = _lease.Look(Clock, World.Shape.Times);
            if (_lease.Lapsed)
            {
                World.Hit(Branch.LeaseLapsed);
                World.Say($"{Name} {Incarnation} lapsed");
                Register();
            }
        }
        Handlers.CancelLapsed();
        if (Handlers.AnyMustExit())
        {
            World.Hit(Branch.ProcessExitedAtNineTenths);
            Crash();
            return;
        }
        if (_draining && Phase == WorkerPhase.Registered && (!Handlers.AnyRuns || Mutant.Is("stopped-said-while-running")))
            End();
    }

    private void Work()
    {
        After(TimeSpan.FromSeconds(1), Work);
        Handlers.Work();
        if (_draining && Phase == WorkerPhase.Registered && World.Rng.Below(2) == 0)
            SayDrain();
        if (!LeaseIsValid && Enumerable.Range(0, World.Streams.Count).Any(Acts))
            World.Hit(Branch.LocalModeOutlivedLease);
    }

    private void SayDrain()
    {
        var (index, incarnation) = (Slot.Index, Incarnation);
        World.Broker.ToService(this, Service.Registry, replica => ((RegistryReplica)replica).OnDrain(index, incarnation), 240);
    }

    // Nobody took what is left (the whole fleet may be draining): it is stopped here, and WorkerStopped frees it for whoever comes.
    private void EndDrain()
    {
        if (!_draining)
            return;
        World.Hit(Branch.DrainForced);
        Handlers.CancelAll();
    }

    // Nothing runs: from here on nothing starts either, whatever command is still on its way.
    private void End()
    {
        Phase = Mutant.Is("starts-after-stopped") ? WorkerPhase.Registered : WorkerPhase.Ending;
        _draining = false;
        World.Say($"{Name} stops");
        World.Hit(Branch.Drained);
        var incarnation = Incarnation;
        World.Broker.ToService(this, Service.Registry, replica => ((RegistryReplica)replica).OnStopped(incarnation), 250);
        After(TimeSpan.FromMilliseconds(500), Crash);
    }

    private void Superseded()
    {
        if (Mutant.Is("superseded-process-fights-on"))
            return;
        World.Hit(Branch.ProcessExitedSuperseded);
        Phase = WorkerPhase.Ending;
        Crash();
    }

    private LeaseAgent? CoveringLease(int stream)
    {
        var by = Handlers.Gate(stream).CoveredBy;
        if (Mutant.Is("registration-covers-what-is-not-kept"))
            return _lease;
        if (by == _lease.Incarnation)
            return _lease;
        foreach (var earlier in _earlier)
            if (earlier.Incarnation == by)
                return earlier;
        return null;
    }
}
