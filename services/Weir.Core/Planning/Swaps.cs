namespace Weir.Core.Planning;

/// <summary>The best pair of streams to change places between two workers.</summary>
internal static class Swaps
{
    internal static Step Best(Board board, int from, int to)
    {
        if (board.Standing.Snapshot.States[from] != WorkerState.Active || board.Standing.Snapshot.States[to] != WorkerState.Active)
            return Step.None;
        var need = Math.Max(board.Load[from] - board.High[from], board.Low[to] - board.Load[to]);
        var most = Math.Min(board.Load[from] - board.Low[from], board.High[to] - board.Load[to]);
        var goes = board.Shelf(from);
        var comes = board.Shelf(to);
        var best = Step.None;
        for (var i = goes.Count - 1; i >= 0; i--)
        {
            if (i + 1 < goes.Count && goes.Weight(i) == goes.Weight(i + 1))
                continue;
            best = Better(board, goes, i, comes, comes.LastAtMost(goes.Weight(i) - need), from, to, best);
            best = Better(board, goes, i, comes, comes.FirstAtLeast(goes.Weight(i) - most), from, to, best);
        }

        return best;
    }

    private static Step Better(Board board, Shelf goes, int i, Shelf comes, int j, int from, int to, Step best)
    {
        if (j < 0 || j >= comes.Count)
            return best;
        var less = goes.Weight(i) - comes.Weight(j);
        if (!Steps.Allowed(board, from, to, less))
            return best;
        var gain = Steps.Gain(board, from, to, less);
        var step = new Step(goes.Stream(i), comes.Stream(j), from, to, gain, Steps.Harm(board, from, to, less), goes.Weight(i) + comes.Weight(j));
        return step.IsBetterThan(best) ? step : best;
    }
}
