namespace Weir.Core.Planning;

/// <summary>
/// The first construction: every worker above its band gives up as few streams as can be, the heaviest, and they are dealt
/// heaviest first to the lowest workers. In large fleets it is at the movement bound almost by itself.
/// </summary>
internal static class Shedding
{
    internal static void Run(Board board)
    {
        var sheds = new bool[board.Share.Length];
        var pool = new List<int>();
        for (var w = 0; w < sheds.Length; w++)
        {
            if (board.Share[w] <= 0 || board.Load[w] <= board.High[w])
                continue;
            sheds[w] = true;
            Shed(board, w, pool);
        }

        var streams = pool.ToArray();
        Array.Sort(Array.ConvertAll(streams, s => -board.Weights[s]), streams);
        var coldest = new ColdestFirst(board, w => !sheds[w]);
        foreach (var stream in streams)
        {
            var to = coldest.Find(board.Weights[stream], withinEdges: true);
            if (to < 0)
                continue;
            board.Move(stream, board.Holder(stream), to);
            coldest.Took(to);
        }
    }

    /// <summary>The heaviest streams until the worker is inside; then lighter ones in their place where that is too much.</summary>
    private static void Shed(Board board, int worker, List<int> pool)
    {
        var shelf = board.Shelf(worker);
        var least = board.Load[worker] - board.High[worker];
        var most = board.Load[worker] - board.Low[worker];
        var sum = 0.0;
        var first = shelf.Count;
        while (first > 0 && sum < least)
            sum += shelf.Weight(--first);

        var chosen = new List<int>();
        for (var i = first; i < shelf.Count; i++)
            chosen.Add(i);
        var free = first - 1;
        for (var k = 0; k < chosen.Count && sum > most; k++)
        {
            // The lightest of the chosen makes room for one that leaves the sum inside, if there is one.
            var weight = shelf.Weight(chosen[k]);
            var i = Math.Min(free, shelf.LastAtMost(weight - (sum - most)));
            if (i < 0 || sum - weight + shelf.Weight(i) < least)
                i = Math.Min(free, shelf.FirstAtLeast(weight - (sum - least)));
            if (i < 0)
                continue;
            sum += shelf.Weight(i) - weight;
            chosen[k] = i;
            free = i - 1;
        }

        foreach (var i in chosen)
            pool.Add(shelf.Stream(i));
    }
}
