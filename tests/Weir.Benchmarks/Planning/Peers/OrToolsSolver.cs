using Google.OrTools.Sat;

namespace Weir.Benchmarks.Planning.Peers;

/// <summary>OR-Tools' CP-SAT, one worker, 30 s: least weight outside the band first, then fewest moves. On small fleets it proves the optimum.</summary>
internal sealed class OrToolsSolver : Peer
{
    private const int Scale = 1000;

    internal override string Name => "or-tools";

    internal override bool Takes(State state) => state.Streams <= 100;

    internal override Func<int[]> Prepare(State state, double band) => () =>
    {
        var model = new CpModel();
        var live = Enumerable.Range(0, state.Workers).Where(w => state.Live[w]).ToArray();
        var on = new BoolVar[state.Streams, live.Length];
        var outside = new List<LinearExpr>();
        var moves = new List<LinearExpr>();
        for (var s = 0; s < state.Streams; s++)
        {
            for (var i = 0; i < live.Length; i++)
                on[s, i] = model.NewBoolVar("");
            model.AddExactlyOne(Enumerable.Range(0, live.Length).Select(i => on[s, i]));
            var home = Array.IndexOf(live, state.Owner[s]);
            if (home >= 0)
                moves.Add(1 - on[s, home]);
        }

        for (var i = 0; i < live.Length; i++)
        {
            var share = state.TotalWeight * state.Capacity[live[i]] / state.TotalCapacity * Scale;
            var load = LinearExpr.Sum(Enumerable.Range(0, state.Streams).Select(s => on[s, i] * (long)Math.Round(state.WeightOf(s) * Scale)));
            var beyond = model.NewIntVar(0, (long)(state.TotalWeight * Scale) + 1, "");
            model.Add(load <= (long)Math.Floor(share * (1 + band)) + beyond);
            model.Add(load >= (long)Math.Ceiling(share * (1 - band)) - beyond);
            outside.Add(beyond);
        }

        model.Minimize(LinearExpr.Sum(outside) * 10_000 + LinearExpr.Sum(moves));
        var solver = new CpSolver { StringParameters = "max_time_in_seconds:30 num_workers:1 random_seed:1" };
        solver.Solve(model);
        return [.. Enumerable.Range(0, state.Streams).Select(s => live[Enumerable.Range(0, live.Length).First(i => solver.BooleanValue(on[s, i]))])];
    };
}
