using Weir.Core.Assignments;
using Weir.Core.Planning;

namespace Weir.Orchestrator.Planning;

/// <summary>What one plan is made from.</summary>
/// <param name="Pool">Which pool.</param>
/// <param name="Version">The version the plan is made from; it takes effect on no other.</param>
/// <param name="Seen">The pool as the loop knows it.</param>
internal sealed record PlanView(string Pool, PoolVersion Version, PoolSnapshot Seen)
{
    /// <summary>The keys of the requests that asked for the plan.</summary>
    internal IReadOnlyList<string> Requests { get; init; } = [];

    internal static PlanView Of(PoolState state)
    {
        var maker = new SnapshotMaker(state.Leases, state.Era, state.Settings.Lease(), state.Now);
        foreach (var worker in state.Workers.Values.OrderBy(worker => worker.Worker)) maker.AddWorker(worker.ToRow(), worker.Capacity);
        foreach (var stream in state.Streams)
            if (stream.HasRow)
                maker.AddStream(stream.ToRows());
        return new PlanView(state.Pool, new PoolVersion(state.Era.Began, state.Version), maker.Make());
    }

    internal GrantProposal Propose(in Placement placement) => Propose(placement.Stream, placement.To);

    internal GrantProposal Propose(in Move move) => Propose(move.Stream, move.To);

    private GrantProposal Propose(int stream, int to)
    {
        var row = Seen.Streams[stream];
        return new GrantProposal(row.Stream, row.Epoch, row.State, Seen.Workers[to].Incarnation);
    }
}
