namespace Weir.Core.Planning;

/// <summary>
/// Streams heavier than the fair share of the largest worker. No move makes one smaller, so its worker's share is what it
/// weighs, and the others share the rest: it is the binding bound and is reported, not chased.
/// </summary>
internal static class Monsters
{
    /// <summary>What each worker holds whatever is decided: what cannot be taken, and one monster that is on a worker large enough.</summary>
    internal static double[] Floors(Board board, double band, List<Delay> delays)
    {
        var floors = (double[])board.Loads.Held.Clone();
        var share = board.Share.Max() * (1 + band) * MeanLevel(board);
        if (board.Loads.Heaviest <= share)
            return floors;

        var homes = new List<(int Stream, int Worker, double Weight)>();
        for (var w = 0; w < floors.Length; w++)
        {
            if (board.Share[w] <= 0 || board.Load[w] <= share)
                continue;
            var shelf = board.Shelf(w);
            if (shelf.Heaviest > share)
                homes.Add((shelf.Stream(shelf.Count - 1), w, shelf.Heaviest));
        }

        if (homes.Count == 0)
            return floors;
        var shares = board.Share.OrderDescending().ToArray();
        foreach (var (stream, worker, weight) in homes)
        {
            // On a small worker it stands higher than it must: there it is not accepted.
            if (board.Share[worker] < shares[Math.Min(homes.Count, shares.Length) - 1])
                continue;
            floors[worker] += weight;
            delays.Add(new Delay(stream, worker, DelayReason.HeavierThanShare));
        }

        return floors;
    }

    private static double MeanLevel(Board board)
    {
        var width = board.Share.Sum();
        return width > 0 ? board.Total / width : 0;
    }
}
