namespace Weir.Core.Planning;

/// <summary>The best single stream to take from one worker to another.</summary>
internal static class Steps
{
    private const double GainMin = 1e-12;

    internal static Step Best(Board board, int from, int to)
    {
        if (!board.TakesOneMore(to))
            return Step.None;
        var shelf = board.Shelf(from);
        var need = Math.Max(board.Load[from] - board.High[from], board.Low[to] - board.Load[to]);
        var most = Math.Min(board.Load[from] - board.Low[from], board.High[to] - board.Load[to]);

        // The lightest that mends both, the heaviest that harms neither; and the one beside each.
        var best = Step.None;
        var enough = shelf.FirstAtLeast(need);
        var harmless = shelf.LastAtMost(most);
        best = Better(board, shelf, enough, from, to, best);
        best = Better(board, shelf, harmless, from, to, best);
        best = Better(board, shelf, enough - 1, from, to, best);
        return Better(board, shelf, harmless + 1, from, to, best);
    }

    private static Step Better(Board board, Shelf shelf, int i, int from, int to, Step best)
    {
        if (i < 0 || i >= shelf.Count)
            return best;
        var weight = shelf.Weight(i);
        if (!Allowed(board, from, to, weight))
            return best;
        var gain = Gain(board, from, to, weight);
        var step = new Step(shelf.Stream(i), -1, from, to, gain, Harm(board, from, to, weight), weight);
        return step.IsBetterThan(best) ? step : best;
    }

    /// <summary>Nobody is lifted above both its own edge and the level of the one that gives: the maximum never rises.</summary>
    internal static bool Allowed(Board board, int from, int to, double weight) =>
        weight > 0 && board.Load[to] + weight <= Math.Max(board.Brim(to), board.Share[to] * board.Level(from));

    /// <summary>
    /// How much less is outside the band when this weight goes from one to the other. Less than rounding can make is nothing:
    /// else a search could go round in circles on it.
    /// </summary>
    internal static double Gain(Board board, int from, int to, double weight)
    {
        var gain = board.Outside(from) + board.Outside(to)
            - board.Outside(from, board.Load[from] - weight) - board.Outside(to, board.Load[to] + weight);
        return Math.Abs(gain) > board.Total * GainMin ? gain : 0;
    }

    /// <summary>What that adds to the side that did not need it.</summary>
    internal static double Harm(Board board, int from, int to, double weight) =>
        Math.Max(0, board.Outside(from, board.Load[from] - weight) - board.Outside(from))
        + Math.Max(0, board.Outside(to, board.Load[to] + weight) - board.Outside(to));
}
