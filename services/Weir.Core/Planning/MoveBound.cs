namespace Weir.Core.Planning;

/// <summary>
/// The fewest moves with which weighted streams can end as level as a plan ends: what overfull workers must shed at least
/// (their heaviest streams), or what underfull ones must get at least (the heaviest there are), whichever is more.
/// </summary>
internal static class MoveBound
{
    /// <summary>More of the heaviest streams than any worker needs; past them the last one's weight stands for all.</summary>
    private const int HeaviestMax = 256;

    internal static int Of(Board start, double[] end, Draft draft, Policy policy, Edges edges)
    {
        var (up, down) = Reached(start, end, policy, edges);
        var heaviest = Heaviest.Of(start.Standing, HeaviestMax);
        var shed = 0;
        var fill = 0;
        var spread = new SpreadBound(start);
        for (var w = 0; w < start.Share.Length; w++)
        {
            if (start.Share[w] <= 0)
                continue;
            var hair = edges.Wanted[w] * 1e-9;
            var high = Math.Max(edges.High[w], edges.Wanted[w] * (1 + up)) + hair;
            var low = Math.Min(edges.Low[w], edges.Wanted[w] * (1 - down)) - hair;
            var home = start.Loads.Of[w];
            if (home > high)
                shed += Shed(start, w, home - high);
            if (home < low)
                fill += Fill(heaviest, low - home);
            spread.Add(w, home, low, high);
        }

        // Drained streams must move anyway, and may fill what is low; so may those without an owner, for nothing.
        var drained = draft.Moves.Count(move => move.Reason == MoveReason.WorkerDraining);
        var free = draft.Placements.Length;
        return start.Standing.Pins.Count + Math.Max(Math.Max(shed + drained, fill - free), spread.MovesMin(drained, free));
    }

    private static (double Up, double Down) Reached(Board start, double[] end, Policy policy, Edges edges)
    {
        var (up, down) = (policy.Band, policy.Band);
        for (var w = 0; w < end.Length; w++)
        {
            if (start.Share[w] <= 0 || edges.Wanted[w] <= 0)
                continue;
            up = Math.Max(up, end[w] / edges.Wanted[w] - 1);
            down = Math.Max(down, 1 - end[w] / edges.Wanted[w]);
        }

        return (up, down);
    }

    private static int Shed(Board start, int worker, double excess)
    {
        // Streams that came in the first place are not counted: the home's own are enough to leave.
        var shelf = start.HomeShelf(worker);
        var count = 0;
        for (var i = shelf.Count - 1; i >= 0 && excess > 0; i--, count++)
            excess -= shelf.Weight(i);
        return count;
    }

    private static int Fill(double[] heaviest, double deficit)
    {
        var count = 0;
        while (deficit > 0 && count < heaviest.Length)
            deficit -= heaviest[count++];
        return deficit > 0 && heaviest.Length > 0 ? count + (int)Math.Ceiling(deficit / Math.Max(heaviest[^1], double.Epsilon)) : count;
    }
}
