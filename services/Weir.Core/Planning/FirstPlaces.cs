namespace Weir.Core.Planning;

/// <summary>
/// What has to be given a worker before anything is levelled: streams without an owner, and those of workers that must give
/// some up. Heaviest first to the lowest worker, which never ends more than one heaviest stream above the mean.
/// </summary>
internal static class FirstPlaces
{
    internal static void Give(Board board)
    {
        var orphans = Orphans(board);
        var forced = Forced(board);
        if (orphans.Length == 0 && forced.Count == 0)
            return;

        var coldest = new ColdestFirst(board, _ => true);
        foreach (var stream in orphans)
        {
            var to = coldest.Find(board.Weights[stream], withinEdges: false);
            if (to < 0)
            {
                board.Standing.Unplaced.Add(new Unplaced(stream, UnplacedReason.NoRoom));
                continue;
            }

            board.Place(stream, to);
            coldest.Took(to);
        }

        foreach (var (stream, from) in forced)
        {
            var to = coldest.Find(board.Weights[stream], withinEdges: false);
            if (to < 0)
            {
                board.Standing.Delays.Add(new Delay(stream, from, DelayReason.NoRoom));
                continue;
            }

            board.Move(stream, from, to);
            coldest.Took(to);
        }
    }

    private static int[] Orphans(Board board)
    {
        var standing = board.Standing;
        if (standing.Orphans == 0)
            return [];
        var streams = new List<int>(standing.Orphans);
        var owners = standing.Snapshot.Owners;
        for (var s = 0; s < owners.Length; s++)
        {
            if (standing.LiveOwner(s) < 0 && !standing.HeldStreams.Has(s))
                streams.Add(s);
        }

        var orphans = streams.ToArray();
        Array.Sort(Array.ConvertAll(orphans, s => -board.Weights[s]), orphans);
        return orphans;
    }

    /// <summary>All of a draining worker; of a worker above its limit the lightest, or the heaviest when it stands high anyway.</summary>
    private static List<(int Stream, int From)> Forced(Board board)
    {
        var forced = new List<(int Stream, int From)>();
        var mean = board.Total / Math.Max(board.Share.Sum(), double.Epsilon);
        for (var w = 0; w < board.Share.Length; w++)
        {
            var excess = board.Count[w] - Math.Max(board.Standing.Limit[w], board.Standing.Floor[w]);
            if (excess <= 0)
                continue;
            var shelf = board.Shelf(w);
            var heaviest = board.Load[w] > board.Share[w] * mean;
            for (var i = 0; i < excess && i < shelf.Count; i++)
                forced.Add((shelf.Stream(heaviest ? shelf.Count - 1 - i : i), w));
        }

        forced.Sort((a, b) => board.Weights[b.Stream].CompareTo(board.Weights[a.Stream]) is var c and not 0 ? c : a.Stream.CompareTo(b.Stream));
        return forced;
    }
}
