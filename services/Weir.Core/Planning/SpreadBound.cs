namespace Weir.Core.Planning;

/// <summary>
/// A bound on moves by weight: what the underfull lack must come off others, each of which can spare only what it has above its
/// own lower edge and gives up at least one stream to spare it; and what the overfull shed must find that many takers.
/// </summary>
internal sealed class SpreadBound(Board start)
{
    private readonly List<double> _spare = [];
    private readonly List<double> _room = [];
    private double _lacking;
    private double _excess;

    internal void Add(int worker, double home, double low, double high)
    {
        _lacking += Math.Max(0, low - home);
        _excess += Math.Max(0, home - high);
        if (home > low)
            _spare.Add(home - low);
        if (start.Standing.Snapshot.States[worker] == WorkerState.Active && home < high)
            _room.Add(high - home);
    }

    /// <param name="drained">Streams that leave workers which take no part; each is a move.</param>
    /// <param name="placed">Streams that had no owner.</param>
    internal int MovesMin(int drained, int placed)
    {
        // Both fill what is low before anybody has to spare anything.
        var weight = 0.0;
        foreach (var stream in start.Now.Keys)
        {
            if (start.Home(stream) < 0 || start.Share[start.Home(stream)] <= 0)
                weight += start.Weights[stream];
        }

        // A giver's move is none of the drained ones; a taker's may be, or may cost nothing.
        return Math.Max(drained + Fewest(_spare, _lacking - weight), Fewest(_room, _excess) - placed);
    }

    /// <summary>How many of the largest it takes to make up the sum.</summary>
    private static int Fewest(List<double> parts, double sum)
    {
        if (sum <= 0)
            return 0;
        parts.Sort();
        var count = 0;
        for (var i = parts.Count - 1; i >= 0 && sum > 0; i--, count++)
            sum -= parts[i];
        return count;
    }
}
