namespace Weir.Core.Planning;

/// <summary>One attempt to bring weighted streams into the band.</summary>
internal static class WeightedPass
{
    /// <summary>Fleets of up to so many streams are worth more than one construction.</summary>
    private const int SeveralMax = 20_000;

    internal static (Draft Draft, Board Start, Edges Edges) Run(Standing standing, Policy policy)
    {
        var loads = new Loads(standing);
        var board = new Board(standing, loads, new Roster(standing));
        FirstPlaces.Give(board);
        var delays = new List<Delay>();
        var edges = Edges.Of(board, policy, delays);
        board.SetEdges(edges);

        var outside = board.Violation();
        var calm = policy.Levelling == Levelling.Never
            || (policy.Levelling == Levelling.OutsideOuterBand && !Opens(board, policy, edges));
        var best = outside > 0 && !calm ? Improve(board) : board;
        // A pass that gets no nearer would only carry streams about.
        if (best.Violation() >= outside * (1 - 1e-9))
            best = board;
        return (Conclude(board, best, edges, calm, delays), board, edges);
    }

    private static bool Opens(Board board, Policy policy, Edges edges)
    {
        var outer = Math.Max(policy.OuterBand, edges.WithinReach + policy.OuterBand - policy.Band);
        return Gate.OpensFor(board.Standing, policy, board.Load, board.Count, edges.Wanted, outer);
    }

    private static Board Improve(Board board)
    {
        var best = board.Copy();
        Shedding.Run(best);
        BandSearch.Run(best);
        Reduction.Run(best);
        if (board.Weights.Length > SeveralMax)
            return best;

        var other = board.Copy();
        BandSearch.Run(other);
        Reduction.Run(other);
        return ExactFinish.Run(board, IsBetter(other, best) ? other : best);
    }

    /// <summary>What is outside the band first, then the moves, then the weight moved.</summary>
    private static bool IsBetter(Board a, Board b)
    {
        var (x, y) = (a.Violation(), b.Violation());
        if (x != y)
            return x < y;
        return a.Moves != b.Moves ? a.Moves < b.Moves : a.WeightMoved < b.WeightMoved;
    }

    private static Draft Conclude(Board start, Board end, Edges edges, bool calm, List<Delay> delays)
    {
        var standing = start.Standing;
        standing.Delays.AddRange(delays);
        var mean = end.Total / Math.Max(standing.Share.Select((share, w) => share > 0 ? standing.Snapshot.Capacities[w] : 0).Sum(), double.Epsilon);
        var placements = new List<Placement>(standing.PinnedPlacements);
        var moves = new List<Move>(standing.Pins);
        var displaced = end.Now.ToArray();
        Array.Sort(Array.ConvertAll(displaced, at => Urgency(start, at.Key)), displaced);
        foreach (var (stream, to) in displaced)
        {
            var from = end.Home(stream);
            if (from < 0)
                placements.Add(new Placement(stream, to));
            else
            {
                var reason = MoveReasons.Of(standing, from, to, start.Loads.Of[from], mean);
                moves.Add(MoveReasons.Explain(standing.Snapshot, stream, from, to, reason));
            }
        }

        return new Draft
        {
            Moves = [.. moves],
            Placements = [.. placements],
            Unplaced = standing.Unplaced,
            Delays = standing.Delays,
            Calm = calm,
            Outside = end.Violation(),
            Wanted = edges.Wanted,
            Low = edges.Wanted,
            High = edges.Wanted,
            MakespanMin = edges.MakespanMin,
        };
    }

    /// <summary>Draining workers first, then the hottest.</summary>
    private static double Urgency(Board start, int stream)
    {
        var home = start.Home(stream);
        return home < 0 || start.Share[home] <= 0 ? double.MinValue : -start.Level(home);
    }
}
