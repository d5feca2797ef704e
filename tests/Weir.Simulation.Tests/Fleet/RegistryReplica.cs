using System.Collections.Immutable;
using Weir.Core.Consistency;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Registration;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Mutants;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>One replica of Registry: renews in batches, registers, and watches silence on its own clock.</summary>
internal sealed class RegistryReplica : SimProcess
{
    private static readonly TimeSpan BatchFor = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(400);

    private readonly Dictionary<long, (int Worker, string Process, Beat Beat)> _batch = [];
    private readonly SilenceWatch _watch;
    private bool _flushing;

    internal RegistryReplica(World world, string name)
        : base(world, name) => _watch = new SilenceWatch(world, this);

    internal void OnQueuesGone(string process) => _watch.QueuesGone(process);

    internal void OnQueuesBack(string process) => _watch.QueuesBack(process);

    internal void OnBeat(int worker, string process, in Beat beat)
    {
        var key = beat.Incarnation.Value;
        _batch[key] = _batch.TryGetValue(key, out var other) && other.Process == process
            ? (worker, process, Renewal.Later(other.Beat, beat))
            : (worker, process, beat);
        if (_flushing)
            return;
        _flushing = true;
        After(BatchFor, Flush);
    }

    internal void OnRegister(RegisterPart part, int tries = 0)
    {
        World.Database.Execute(this, Service.Registry, tx => Register(tx, part), done =>
        {
            if (!done && tries < 5)
                After(AskAgainAfter, () => OnRegister(part, tries + 1));
        });
    }

    internal void OnHoldings(Incarnation incarnation, Epoch era, IReadOnlyList<Holding> holdings, Epoch highest) =>
        World.Database.Execute(this, Service.Registry, tx =>
        {
            tx.Tables.Reported = highest > tx.Tables.Reported ? highest : tx.Tables.Reported;
            if (tx.Tables.Lease(incarnation) is not { State: LeaseState.Live } lease || tx.Tables.Era.Began != era)
                return;
            tx.Tables.Listings[incarnation.Value] = new ListingRow(holdings.ToImmutableDictionary(h => h.Stream), Checked: false);
            tx.Write(lease with { ListedIn = era });
        }, _ => { });

    internal void OnDrain(int worker, Incarnation incarnation) =>
        World.Database.Execute(this, Service.Registry, tx =>
        {
            if (tx.Tables.Workers[worker] is { } row && row.Newest == incarnation)
                tx.Write(worker, row with { Draining = true });
        }, _ => { });

    internal void OnStopped(Incarnation incarnation) =>
        World.Database.Execute(this, Service.Registry, tx =>
        {
            if (tx.Tables.Lease(incarnation) is not { } lease)
                return;
            World.Hit(Branch.Stopped);
            tx.Write(Fencing.Stop(lease));
        }, _ => { });

    protected override void OnStart()
    {
        _batch.Clear();
        _flushing = false;
        _watch.Start();
        After(TimeSpan.FromTicks(World.Rng.Between(0, Span.Second)), Poll);
    }

    protected override void OnCrash()
    {
        World.After(World.Rng.Between(500 * Span.Ms, 10 * Span.Second), () =>
        {
            if (!Alive)
                Start();
        });
    }

    private void Poll()
    {
        After(TimeSpan.FromSeconds(1), Poll);
        World.Database.PollOutbox(this, Service.Registry);
    }

    private void Flush()
    {
        _flushing = false;
        var batch = _batch.Values.ToArray();
        _batch.Clear();
        var outcomes = new RenewOutcome[batch.Length];
        if (Mutant.Is("acknowledged-before-commit"))
            foreach (var (_, process, beat) in batch)
                World.Broker.ToWorker(this, process, worker => worker.OnRenewed(beat.Incarnation, beat.Sequence), 300);
        World.Database.Execute(this, Service.RegistryBeats, tx =>
        {
            for (var i = 0; i < batch.Length; i++)
                outcomes[i] = Renew(tx, batch[i].Worker, batch[i].Beat);
        }, done =>
        {
            for (var i = 0; done && i < batch.Length; i++)
                Answer(batch[i].Process, batch[i].Beat, outcomes[i]);
        });
    }

    private RenewOutcome Renew(Tx tx, int worker, in Beat beat)
    {
        if (tx.Tables.Lease(beat.Incarnation) is not { } row)
            return RenewOutcome.Unknown;
        var newest = tx.Tables.Workers[worker]?.Process ?? row.Process;
        var outcome = Renewal.Decide(row, newest, beat, out var renewed);
        if (outcome != RenewOutcome.Renewed)
            return outcome;
        if (row.Quiet >= World.Shape.Times.Suspect)
            World.Hit(Branch.SuspectThenLive);
        tx.Write(renewed);
        if (renewed.MarkSent != row.MarkSent)
            tx.Send(row.Process, process => process.OnMark(renewed.Incarnation, renewed.MarkSent), 310);
        if (renewed.Stuck > 0 && tx.Tables.Workers[worker] is { Cordoned: false } known && known.Newest == renewed.Incarnation)
        {
            World.Hit(Branch.CordonedForStuck);
            tx.Write(worker, known with { Cordoned = true });
        }
        return outcome;
    }

    private void Answer(string process, in Beat beat, RenewOutcome outcome)
    {
        var (incarnation, sequence) = (beat.Incarnation, beat.Sequence);
        switch (outcome)
        {
            case RenewOutcome.Renewed:
                World.Broker.ToWorker(this, process, worker => worker.OnRenewed(incarnation, sequence), 301);
                break;
            case RenewOutcome.Stale:
                World.Hit(Branch.BeatStale);
                break;
            case RenewOutcome.Unknown:
                World.Hit(Branch.BeatOfUnknown);
                World.Broker.ToWorker(this, process, worker => worker.OnRegisterAgain(incarnation), 302);
                break;
            default:
                World.Hit(outcome switch
                {
                    RenewOutcome.Fenced => Branch.BeatOfFenced,
                    RenewOutcome.Superseded => Branch.BeatOfSuperseded,
                    _ => Branch.BeatCommandsUnread,
                });
                World.Broker.ToWorker(this, process, worker => worker.OnRefused(incarnation, outcome), 303);
                break;
        }
    }

    private void Register(Tx tx, RegisterPart part)
    {
        var key = (part.Process, part.Attempt);
        var known = tx.Tables.Parts.GetValueOrDefault(key) ?? new PartsRow(new HoldingParts(part.Parts, 0), []);
        var parts = known.Parts.Add(part.Part);
        if (parts != known.Parts)
            known = new PartsRow(parts, known.Holdings.AddRange(part.Holdings));
        tx.Tables.Parts[key] = known;
        if (!parts.AllIn)
            return;
        if (part.Parts > 1)
            World.Hit(Branch.RegistrationInParts);
        tx.Tables.Reported = part.Highest > tx.Tables.Reported ? part.Highest : tx.Tables.Reported;
        if (!tx.MayDraw || tx.Tables.Reported > tx.HighestDrawn)
        {
            World.Hit(Branch.RegisterWaitsForEra);
            return;
        }
        Decide(tx, part, known);
    }

    private void Decide(Tx tx, RegisterPart part, PartsRow parts)
    {
        var worker = tx.Tables.Workers[part.Worker];
        var request = new RegisterRequest(part.Id, part.Process, part.Attempt, part.Predecessor);
        var (process, attempt) = (part.Process, part.Attempt);
        switch (Registering.Decide(worker, tx.Tables.Names.Contains((part.Worker, process)), request))
        {
            case RegisterOutcome.Registered:
                var row = Registering.Take(worker, request, tx.Draw());
                FenceEarlier(tx, part.Worker, part.Id);
                tx.Write(part.Worker, row);
                tx.Write(Registering.Lease(row, request, tx.Tables.Era.Began));
                tx.Tables.Listings[row.Newest.Value] = new ListingRow(parts.Holdings.ToImmutableDictionary(h => h.Stream), Checked: false);
                tx.Send(process, to => to.OnRegistered(attempt, row.Newest), 320);
                break;
            case RegisterOutcome.AnswerAgain:
                World.Hit(Branch.RegisterAnsweredAgain);
                tx.Send(process, to => to.OnRegistered(attempt, worker!.Value.Newest), 321);
                break;
            case RegisterOutcome.Dropped:
                World.Hit(Branch.RegisterDropped);
                break;
            case RegisterOutcome.Superseded:
                World.Hit(Branch.RegisterSuperseded);
                tx.Send(process, to => to.OnSuperseded(process), 322);
                break;
        }
        tx.Tables.Parts.Remove((process, attempt));
    }

    private void FenceEarlier(Tx tx, int worker, WorkerId id)
    {
        if (Mutant.Is("earlier-incarnation-not-fenced"))
            return;
        foreach (var key in tx.Tables.Watched)
            if (tx.Tables.Leases[key] is { State: LeaseState.Live } lease && lease.Worker == id)
            {
                World.Hit(Branch.FencedByRegistration);
                tx.Write(Fencing.Supersede(lease));
            }
    }
}
