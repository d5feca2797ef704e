using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Planning;

namespace Weir.Orchestrator.Planning;

/// <summary>Makes the planner's snapshot from what the loop knows. Workers and streams stand in the order of their names, so ties fall alike everywhere.</summary>
internal sealed class PlanViewMaker
{
    private readonly PoolState _state;
    private readonly LeaseTimes _times;
    private readonly List<(WorkerId Worker, Incarnation Incarnation)> _workers = [];
    private readonly Dictionary<Incarnation, int> _places = [];
    private readonly Dictionary<WorkerId, int> _names = [];
    private readonly List<double> _capacities = [];
    private readonly List<WorkerState> _states = [];
    private readonly List<AssignmentRow> _rows = [];
    private readonly List<int> _owners = [];
    private readonly List<double> _weights = [];
    private readonly List<StreamNote> _notes = [];
    private readonly List<(AssignmentRow Row, WorkerId PinnedTo)> _pinnedAway = [];
    private int _waiting;

    private PlanViewMaker(PoolState state) => (_state, _times) = (state, state.Settings.Lease());

    internal static PlanView Make(PoolState state)
    {
        var maker = new PlanViewMaker(state);
        maker.AddWorkers();
        foreach (var stream in state.Streams)
            if (stream.HasRow && stream.Row.Hold == StreamHold.None && stream.Declared is { WithdrawnAt: null })
                maker.Add(stream);
        return maker.View();
    }

    // A fenced worker is no part of the fleet: its streams are free, or wait outside the plan until they are.
    private void AddWorkers()
    {
        foreach (var worker in _state.Workers.Values.OrderBy(worker => worker.Worker))
        {
            if (_state.Lease(worker.Newest) is not { State: LeaseState.Live } lease || !(worker.Capacity > 0 && double.IsFinite(worker.Capacity))) continue;
            _places.Add(lease.Incarnation, _workers.Count);
            _names.Add(worker.Worker, _workers.Count);
            _workers.Add((worker.Worker, lease.Incarnation));
            _capacities.Add(worker.Capacity);
            _states.Add(
                worker.Draining ? WorkerState.Draining
                : worker.Cordoned || lease.LivenessUnder(_times) != Liveness.Live ? WorkerState.Cordoned
                : WorkerState.Active);
        }
    }

    private void Add(StreamEntry stream)
    {
        var row = stream.Row;
        if (stream.Move is { } move)
        {
            // It counts where it is going, and nobody can take it meanwhile.
            if (_places.TryGetValue(move.Target, out var target)) Add(stream, target, inFlight: true);
            else if (_places.TryGetValue(move.Source, out var source)) Add(stream, source, inFlight: true);
        }
        else if (row.State != AssignmentState.Unowned && _places.TryGetValue(row.Incarnation, out var owner))
        {
            Add(stream, owner, inFlight: row.State != AssignmentState.Owned || row.Migrating);
        }
        else if (!row.Migrating
            && Grants.MayGrant(row, _state.Lease(row.Incarnation), _times)
            && EraChange.MayStartElsewhere(_state.Era, row.Class, row.LocalModeFor, _times))
        {
            Add(stream, owner: -1, inFlight: false);
        }
        else
        {
            _waiting++;
        }
    }

    private void Add(StreamEntry stream, int owner, bool inFlight)
    {
        var pin = -1;
        var isPinnedAway = stream.Declared!.PinnedTo is { } pinned && !_names.TryGetValue(pinned, out pin);
        if (isPinnedAway)
        {
            // Its only worker is not there: it stays where it is, or waits.
            pin = -1;
            _pinnedAway.Add((stream.Row, stream.Declared.PinnedTo!.Value));
            if (owner < 0) return;
        }

        var ago = stream.MovedAt is { } at ? Math.Max(0, (_state.Now - at).TotalSeconds) : double.PositiveInfinity;
        if (inFlight || isPinnedAway || stream.Declared.PinnedTo is not null || double.IsFinite(ago))
            _notes.Add(new StreamNote(_rows.Count) { PinnedTo = pin, MovedSecondsAgo = ago, InFlight = inFlight || isPinnedAway });
        _rows.Add(stream.Row);
        _owners.Add(owner);
        _weights.Add(stream.Weight);
    }

    private PlanView View() => new(
        _state.Pool,
        new PoolVersion(_state.Era.Began, _state.Version),
        new Snapshot([.. _capacities], [.. _states], performances: null, [.. _owners], [.. _weights], [.. _notes]),
        _workers,
        _rows,
        _waiting,
        _pinnedAway);
}
