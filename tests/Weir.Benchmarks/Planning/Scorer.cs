using Weir.Core.Planning;

namespace Weir.Benchmarks.Planning;

/// <summary>The one judge: measures what anybody did to a fleet the same way.</summary>
internal static class Scorer
{
    internal static (int Moves, double MaxMinusMin, double Makespan, double Band) Score(State state, int[] owner)
    {
        var load = new double[state.Workers];
        var moves = 0;
        for (var s = 0; s < owner.Length; s++)
        {
            if (!state.Live[owner[s]])
                throw new InvalidOperationException($"stream {s} was given to worker {owner[s]}, which is gone");
            load[owner[s]] += state.WeightOf(s);
            if (state.Owner[s] >= 0 && state.Live[state.Owner[s]] && state.Owner[s] != owner[s])
                moves++;
        }

        var level = state.TotalWeight / state.TotalCapacity;
        var live = Enumerable.Range(0, state.Workers).Where(w => state.Live[w]).ToArray();
        var makespan = live.Max(w => load[w] / state.Capacity[w]);
        var band = live.Max(w => Math.Abs(load[w] / (state.Capacity[w] * level) - 1));
        return (moves, live.Max(w => load[w]) - live.Min(w => load[w]), makespan, band);
    }

    /// <summary>What the planner proves about this fleet: the bounds all are held against.</summary>
    internal static Certificate Bounds(State state, double band) =>
        Planner.Plan(state.ToSnapshot(), new Policy { Band = band, OuterBand = Math.Max(band, 0.1) }).Certificate;
}
