using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Simulation.Tests.Engine;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>The simulator's own small planner: level by count. It places what may be placed, empties who drains, then levels.</summary>
internal sealed class LevelPlanner(World world)
{
    private const int MovesAPlan = 3;

    private readonly int[] _count = new int[world.Shape.Workers];
    private readonly bool[] _takes = new bool[world.Shape.Workers];

    internal void Plan(PlanView view, List<GrantProposal> placements, List<GrantProposal> moves)
    {
        placements.Clear();
        moves.Clear();
        Tally(view);
        for (var stream = 0; stream < view.Rows.Length; stream++)
        {
            var row = view.Rows[stream];
            if ((!IsFree(view, stream) && !IsWishedFor(row)) || Least() is not (>= 0 and var to))
                continue;
            placements.Add(Propose(row, view.Newest[to]!.Value.Incarnation));
            _count[to]++;
        }
        for (var stream = 0; stream < view.Rows.Length && moves.Count < MovesAPlan; stream++)
            if (view.Rows[stream] is { State: AssignmentState.Owned, Hold: StreamHold.None, Migrating: false } row)
                Move(view, row, moves);
    }

    private static bool IsFree(PlanView view, int stream) =>
        view.Free[stream] && view.Rows[stream] is { Hold: StreamHold.None, Migrating: false };

    // Now and then a planner is careless: what it wishes must be refused where it is applied.
    private bool IsWishedFor(in AssignmentRow row) =>
        world.Shape.CarelessPerMillion > 0 && !world.Healed && (row.State == AssignmentState.Owned || row.Hold != StreamHold.None)
        && world.Rng.Happens(world.Shape.CarelessPerMillion);

    private void Tally(PlanView view)
    {
        for (var worker = 0; worker < _count.Length; worker++)
        {
            _count[worker] = 0;
            _takes[worker] = view.Newest[worker] is { } lease
                && lease.LivenessUnder(world.Shape.Times) == Liveness.Live
                && view.Workers[worker] is { TakesStreams: true };
        }
        foreach (var row in view.Rows)
            if (row.State != AssignmentState.Unowned && view.WorkerOf(row.Incarnation) is >= 0 and var owner)
                _count[owner]++;
    }

    private void Move(PlanView view, in AssignmentRow row, List<GrantProposal> moves)
    {
        var from = view.WorkerOf(row.Incarnation);
        if (from < 0 || view.Newest[from] is not { State: LeaseState.Live } || Least() is not (>= 0 and var to) || to == from)
            return;
        var leaves = view.Workers[from] is { Draining: true };
        if (!leaves && (view.Open > 0 || !_takes[from] || _count[from] - _count[to] < 2))
            return;
        moves.Add(Propose(row, view.Newest[to]!.Value.Incarnation));
        _count[from]--;
        _count[to]++;
    }

    private int Least()
    {
        var least = -1;
        for (var worker = 0; worker < _count.Length; worker++)
            if (_takes[worker] && (least < 0 || _count[worker] < _count[least]))
                least = worker;
        return least;
    }

    private static GrantProposal Propose(in AssignmentRow row, Incarnation target) => new(row.Stream, row.Epoch, row.State, target);
}
