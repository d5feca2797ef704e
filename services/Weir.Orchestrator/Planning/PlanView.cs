using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Planning;

namespace Weir.Orchestrator.Planning;

/// <summary>What one plan is made from: the snapshot in the order of ids, and what its places stand for.</summary>
/// <param name="Pool">Which pool.</param>
/// <param name="Version">The version the plan is made from; it takes effect on no other.</param>
/// <param name="Snapshot">What the planner reads.</param>
/// <param name="Workers">The worker and the incarnation at each place.</param>
/// <param name="Streams">The row at each place, as it was read.</param>
/// <param name="Waiting">Streams that are left out because their last owner may still act.</param>
/// <param name="PinnedAway">Streams whose only worker is not in the fleet, and that worker: they stay where they are, or wait.</param>
internal sealed record PlanView(
    string Pool,
    PoolVersion Version,
    Snapshot Snapshot,
    IReadOnlyList<(WorkerId Worker, Incarnation Incarnation)> Workers,
    IReadOnlyList<AssignmentRow> Streams,
    int Waiting,
    IReadOnlyList<(AssignmentRow Row, WorkerId PinnedTo)> PinnedAway)
{
    /// <summary>The keys of the requests that asked for the plan.</summary>
    internal IReadOnlyList<string> Requests { get; init; } = [];

    internal GrantProposal Propose(in Placement placement) => Propose(placement.Stream, placement.To);

    internal GrantProposal Propose(in Move move) => Propose(move.Stream, move.To);

    private GrantProposal Propose(int stream, int to)
    {
        var row = Streams[stream];
        return new GrantProposal(row.Stream, row.Epoch, row.State, Workers[to].Incarnation);
    }
}
