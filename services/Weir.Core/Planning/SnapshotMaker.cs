using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Invariants;
using Weir.Core.Leases;
using Weir.Core.Registration;

namespace Weir.Core.Planning;

/// <summary>
/// Makes the planner's snapshot from a pool's rows: the rules that say who is in the fleet, where a stream counts, and which streams
/// are left out. All workers first, then the streams, both in the order of their names, so that ties fall alike everywhere. Used once.
/// </summary>
/// <param name="leases">Every lease that a worker or a stream names.</param>
/// <param name="era">The era the rows were read in.</param>
/// <param name="times">The pool's lease figures.</param>
/// <param name="now">The database's clock when they were read.</param>
public sealed class SnapshotMaker(IReadOnlyDictionary<Incarnation, LeaseRow> leases, EraRow era, LeaseTimes times, TimeSpan now)
{
    private const int Nobody = -1;

    private readonly List<(WorkerId Worker, Incarnation Incarnation)> _workers = [];
    private readonly Dictionary<Incarnation, int> _places = [];
    private readonly Dictionary<WorkerId, int> _names = [];
    private readonly List<double> _capacities = [];
    private readonly List<WorkerState> _states = [];
    private readonly List<AssignmentRow> _rows = [];
    private readonly List<int> _owners = [];
    private readonly List<double> _weights = [];
    private readonly List<StreamNote> _notes = [];
    private readonly List<PinnedAway> _pinnedAway = [];
    private int _waiting;

    /// <summary>Adds a worker, if its newest incarnation is Live. A fenced one is no part of the fleet: its streams are free, or wait outside until they are.</summary>
    /// <param name="worker">Its row.</param>
    /// <param name="capacity">Its share; a worker without one, a finite number above 0, is left out.</param>
    public void AddWorker(in WorkerRow worker, double capacity)
    {
        if (Lease(worker.Newest) is not { State: LeaseState.Live } lease || !(capacity > 0 && double.IsFinite(capacity))) return;
        var place = _workers.Count;
        Invariant.Holds(place == 0 || _workers[place - 1].Worker.CompareTo(worker.Worker) < 0, "snapshot-order", $"worker {worker.Worker} came after {_workers[place - 1].Worker}");
        _places.Add(lease.Incarnation, place);
        _names.Add(worker.Worker, place);
        _workers.Add((worker.Worker, lease.Incarnation));
        _capacities.Add(capacity);
        // Whoever is suspected may be gone in a second: it keeps what it has, and gets nothing.
        _states.Add(
            worker.Draining ? WorkerState.Draining
            : worker.Cordoned || lease.LivenessUnder(times) != Liveness.Live ? WorkerState.Cordoned
            : WorkerState.Active);
    }

    /// <summary>Adds a stream, if it is to run.</summary>
    public void AddStream(in StreamRows stream)
    {
        var row = stream.Row;
        if (!stream.IsDeclared || row.Hold != StreamHold.None) return;
        if (stream.Move is { } move)
        {
            // It counts where it is going, and nobody can take it meanwhile.
            if (_places.TryGetValue(move.Target, out var target)) Add(stream, target, isInFlight: true);
            else if (_places.TryGetValue(move.Source, out var source)) Add(stream, source, isInFlight: true);
            else _waiting++;
        }
        else if (row.State != AssignmentState.Unowned && _places.TryGetValue(row.Incarnation, out var owner))
        {
            Add(stream, owner, isInFlight: row.State != AssignmentState.Owned || row.Migrating);
        }
        else if (IsGivenBack(row, out var back))
        {
            // Its worker lives on in a newer life, and gets it back without a plan: it counts there, and nobody else takes it.
            Add(stream, back, isInFlight: true);
        }
        else if (!row.Migrating && Grants.MayGrant(row, Lease(row.Incarnation), times) && EraChange.MayStartElsewhere(era, row.Class, row.LocalModeFor, times))
        {
            Add(stream, Nobody, isInFlight: false);
        }
        else
        {
            _waiting++;
        }
    }

    /// <summary>The snapshot of what was added.</summary>
    public PoolSnapshot Make() => new(
        new Snapshot([.. _capacities], [.. _states], performances: null, [.. _owners], [.. _weights], [.. _notes]),
        _workers,
        _rows,
        _waiting,
        _pinnedAway);

    private void Add(in StreamRows stream, int owner, bool isInFlight)
    {
        var place = _rows.Count;
        Invariant.Holds(place == 0 || _rows[place - 1].Stream.CompareTo(stream.Row.Stream) < 0, "snapshot-order", $"stream {stream.Row.Stream} came after {_rows[place - 1].Stream}");
        var pin = Nobody;
        var isPinnedAway = stream.PinnedTo is { } pinned && !_names.TryGetValue(pinned, out pin);
        if (isPinnedAway)
        {
            pin = Nobody;
            _pinnedAway.Add(new PinnedAway(stream.Row, stream.PinnedTo!.Value, HasOwner: owner != Nobody));
            if (owner == Nobody) return;
        }

        var ago = stream.MovedAt is { } at ? Math.Max(0, (now - at).TotalSeconds) : double.PositiveInfinity;
        // Nobody else may have a stream whose only worker is away: it counts where it is, as one on its way does.
        if (isInFlight || isPinnedAway || stream.PinnedTo is not null || double.IsFinite(ago))
            _notes.Add(new StreamNote(place) { PinnedTo = pin, MovedSecondsAgo = ago, InFlight = isInFlight || isPinnedAway });
        _rows.Add(stream.Row);
        _owners.Add(owner);
        _weights.Add(stream.Weight);
    }

    private bool IsGivenBack(in AssignmentRow row, out int place) =>
        _names.TryGetValue(row.Worker, out place)
        && Lease(_workers[place].Incarnation) is { } newest
        && Regrants.IsGivenBack(row, Lease(row.Incarnation), newest);

    private LeaseRow? Lease(Incarnation incarnation) => leases.TryGetValue(incarnation, out var lease) ? lease : null;
}
