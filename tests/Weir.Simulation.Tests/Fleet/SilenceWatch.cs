using Weir.Core.Leases;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Mutants;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>A Registry replica's watch: looks at the sequences on its own clock, and trusts what it saw only while its canary comes back.</summary>
internal sealed class SilenceWatch(World world, RegistryReplica replica)
{
    private readonly Dictionary<long, LeaseWatch> _watches = [];
    private readonly Dictionary<string, TimeSpan> _gone = [];
    private readonly List<LeaseRow> _rows = [];
    private readonly List<QuietMark> _marks = [];
    private Canary _canary;
    private TimeSpan? _previous;
    private bool _looking;

    internal void Start()
    {
        _watches.Clear();
        _gone.Clear();
        _canary = default;
        _previous = null;
        _looking = false;
        replica.After(TimeSpan.FromTicks(world.Rng.Between(0, 250 * Span.Ms)), Look);
        replica.After(TimeSpan.FromTicks(world.Rng.Between(0, 500 * Span.Ms)), SendCanary);
    }

    internal void QueuesGone(string process) => _gone[process] = replica.Clock;

    internal void QueuesBack(string process) => _gone.Remove(process);

    private void SendCanary()
    {
        replica.After(LeaseTimes.CanaryEvery, SendCanary);
        _canary = _canary.Send(replica.Clock);
        var (number, life) = (_canary.Sent, replica.Life);
        world.Broker.ToService(replica, Service.RegistryBeats, reader => world.Broker.ToReplica(reader, replica, () =>
        {
            if (replica.Life == life)
                _canary = _canary.Return(number, replica.Clock);
        }), 400);
    }

    private void Look()
    {
        replica.After(world.Shape.Times.Look, Look);
        if (_looking)
            return;
        _looking = true;
        var asked = replica.Clock;
        world.Database.Execute(replica, Service.Registry, Read, done =>
        {
            _looking = false;
            if (done)
                Judge(asked, replica.Clock);
            else
                _previous = null;
        });
    }

    private void Read(Tx tx)
    {
        _rows.Clear();
        foreach (var key in tx.Tables.Watched)
            _rows.Add(tx.Tables.Leases[key]);
    }

    private void Judge(TimeSpan asked, TimeSpan answered)
    {
        var trusted = _canary.IsGood(asked);
        if (!trusted)
            world.Hit(Branch.CanaryLate);
        if (!trusted || !LookPace.GoesOn(_previous, answered, world.Shape.Times.Look))
        {
            if (_watches.Count > 0)
                world.Hit(Branch.WatchesStartedAnew);
            foreach (var (key, watch) in _watches)
                _watches[key] = watch.Anew(asked, answered, _canary, world.Shape.Times);
        }
        _previous = answered;

        var fleet = Count(asked);
        if (fleet.IsMass)
            world.Hit(Branch.MassSilence);
        var context = new LookContext(asked, answered, world.Shape.Times, fleet, _canary.BackSentAt);
        _marks.Clear();
        foreach (var row in _rows)
            LookAt(row, context);
        if (_marks.Count > 0)
            Write();
    }

    private void LookAt(in LeaseRow row, in LookContext context)
    {
        if (Mutant.Is("expiry-on-a-wall-clock"))
        {
            LookAtTheWallClock(row);
            return;
        }
        var key = row.Incarnation.Value;
        if (!_watches.TryGetValue(key, out var watch))
            watch = LeaseWatch.Begin(row, context.Answered);
        watch = _gone.TryGetValue(row.Process, out var gone) ? watch.QueuesGone(gone) : watch.QueuesBack();
        _watches[key] = watch.Look(row, context, world.Streams.LocalModeLongest, out var mark);
        if (mark is not { } found)
            return;
        _marks.Add(found);
        if (found.CommandsUnread)
            world.Hit(Branch.MarkUnread);
        if (found.Fence)
            world.Hit(found.Quiet >= world.Shape.Times.FenceAfter ? Branch.FencedBySilence : Branch.FencedByQueuesGone);
    }

    // The defect that everybody knows: the row keeps when it was renewed, and now() decides.
    private void LookAtTheWallClock(in LeaseRow row)
    {
        var quiet = world.Database.WallClock - world.Database.RenewedAt.GetValueOrDefault(row.Incarnation.Value, world.Database.WallClock);
        if (quiet >= world.Shape.Times.Suspect)
            _marks.Add(new QuietMark(row.Incarnation, row.Sequence, quiet, quiet >= world.Shape.Times.FenceAfter, CommandsUnread: false));
    }

    private FleetSilence Count(TimeSpan asked)
    {
        var fleet = new FleetSilence(asked);
        foreach (var row in _rows)
            fleet.Add(row, _watches.TryGetValue(row.Incarnation.Value, out var watch) ? watch : null, world.Shape.Times);
        return fleet;
    }

    private void Write()
    {
        var marks = _marks.ToArray();
        world.Database.Execute(replica, Service.Registry, tx =>
        {
            foreach (var mark in marks)
            {
                if (tx.Tables.Lease(mark.Incarnation) is not { } row)
                    continue;
                if (Fencing.TryWrite(row, mark, out var written))
                    tx.Write(written);
                else
                    world.Hit(Branch.QuietLost);
            }
            Forget(tx);
        }, _ => { });
    }

    // Nobody waits for a fenced incarnation that has been quiet for the longest lease, or that stopped.
    private void Forget(Tx tx)
    {
        var longest = world.Shape.Times.GrantAfter(world.Streams.LocalModeLongest);
        tx.Tables.Watched.RemoveAll(key => tx.Tables.Leases[key] is { State: LeaseState.Fenced } row && (row.Stopped || row.Quiet >= longest));
    }
}
