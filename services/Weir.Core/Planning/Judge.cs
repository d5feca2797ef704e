using Weir.Core.Balance;

namespace Weir.Core.Planning;

/// <summary>Measures the fleet before and after a plan and writes the certificate.</summary>
internal static class Judge
{
    internal static Plan Conclude(Standing standing, Draft draft, Policy policy, int wanted)
    {
        var before = Loads(standing);
        var after = (double[])before.Clone();
        foreach (var placement in draft.Placements)
            after[placement.To] += standing.Snapshot.WeightOf(placement.Stream);
        foreach (var move in draft.Moves)
        {
            var weight = standing.Snapshot.WeightOf(move.Stream);
            after[move.From] -= weight;
            after[move.To] += weight;
        }

        var capacities = standing.Snapshot.Capacities;
        var certificate = new Certificate
        {
            Moves = draft.Moves.Length,
            // Each move left for later takes at most one off what must be done in all.
            MovesLowerBound = Math.Max(0, draft.MovesMin - (wanted - draft.Moves.Length) - draft.Dropped),
            Placements = draft.Placements.Length,
            Makespan = Most(standing, after),
            MakespanLowerBound = draft.MakespanMin,
            MaxMinusMin = Spread(standing, after),
            ScoreBefore = Score(standing, before, capacities),
            ScoreAfter = Score(standing, after, capacities),
            TargetScoreAfter = Score(standing, after, draft.Wanted),
            BandAsked = policy.Band,
            BandReached = Band(standing, draft, after),
        };
        draft.Unplaced.Sort((a, b) => a.Stream.CompareTo(b.Stream));
        var report = new PlanReport(draft.Delays, draft.Calm);
        return new Plan(draft.Moves, draft.Placements, [.. draft.Unplaced], certificate, report);
    }

    private static double[] Loads(Standing standing)
    {
        var snapshot = standing.Snapshot;
        var loads = new double[snapshot.WorkerCount];
        if (snapshot.Weights is not { } weights)
        {
            for (var w = 0; w < loads.Length; w++)
                loads[w] = standing.CountAtStart[w] * snapshot.UnitWeight;
            return loads;
        }

        for (var s = 0; s < snapshot.Owners.Length; s++)
        {
            var owner = snapshot.Owners[s];
            if (owner >= 0)
                loads[owner] += weights[s];
        }

        return loads;
    }

    private static double Most(Standing standing, double[] loads)
    {
        var most = 0.0;
        for (var w = 0; w < loads.Length; w++)
            most = standing.Share[w] > 0 ? Math.Max(most, loads[w] / standing.Share[w]) : most;
        return most;
    }

    private static double Spread(Standing standing, double[] loads)
    {
        var (least, most) = (double.PositiveInfinity, 0.0);
        for (var w = 0; w < loads.Length; w++)
        {
            if (standing.Share[w] > 0)
                (least, most) = (Math.Min(least, loads[w]), Math.Max(most, loads[w]));
        }

        return most > 0 ? most - least : 0;
    }

    private static double Score(Standing standing, double[] loads, double[] against)
    {
        var levels = new double[loads.Length];
        var live = 0;
        for (var w = 0; w < loads.Length; w++)
        {
            if (standing.Share[w] > 0 && against[w] > 0)
                levels[live++] = loads[w] / against[w];
        }

        return BalanceScore.Of(levels.AsSpan(0, live));
    }

    private static double Band(Standing standing, Draft draft, double[] loads)
    {
        var band = 0.0;
        for (var w = 0; w < loads.Length; w++)
        {
            if (standing.Share[w] <= 0 || (loads[w] >= draft.Low[w] && loads[w] <= draft.High[w]))
                continue;
            var wanted = draft.Wanted[w];
            band = Math.Max(band, wanted > 0 ? Math.Abs(loads[w] - wanted) / wanted : 1);
        }

        return band;
    }
}
