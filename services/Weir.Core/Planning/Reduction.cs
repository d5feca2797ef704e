namespace Weir.Core.Planning;

/// <summary>
/// Looks for moves that are not needed: first those that can simply be undone, then pairs of which one only relieves and the
/// other only fills, where one stream straight from the relieved to the filled worker does both.
/// </summary>
internal static class Reduction
{
    /// <summary>Plans with more moves than this are left as they are: there the pairs cost more time than they save moves.</summary>
    private const int MovesMax = 400;

    internal static void Run(Board board)
    {
        if (board.Now.Count > MovesMax)
            return;
        UndoWhatIsNotNeeded(board);
        while (JoinPair(board))
        {
            // Each joined pair is one move less.
        }
    }

    private static void UndoWhatIsNotNeeded(Board board)
    {
        foreach (var (stream, at) in Moved(board))
        {
            var home = board.Home(stream);
            if (Undone(board, stream, at) > 0)
                continue;
            board.Move(stream, at, home);
            // What came to its home since may need the place: inside the band is not yet under the ceiling.
            if (!board.IsUnderCeiling(home))
                board.Move(stream, home, at);
        }
    }

    /// <summary>How much more is outside once the move is undone.</summary>
    private static double Undone(Board board, int stream, int at) => -Steps.Gain(board, at, board.Home(stream), board.Weights[stream]);

    private static List<(int Stream, int At)> Moved(Board board)
    {
        var moved = new List<(int Stream, int At)>();
        foreach (var (stream, at) in board.Now)
        {
            var home = board.Home(stream);
            if (home >= 0 && board.TakesBack(home))
                moved.Add((stream, at));
        }

        moved.Sort((a, b) => a.Stream.CompareTo(b.Stream));
        return moved;
    }

    private static bool JoinPair(Board board)
    {
        var relieves = new List<(int Stream, int At)>();
        var fills = new List<(int Stream, int At)>();
        foreach (var move in Moved(board))
        {
            var weight = board.Weights[move.Stream];
            var home = board.Home(move.Stream);
            if (board.Outside(move.At, board.Load[move.At] - weight) <= board.Outside(move.At))
                relieves.Add(move);
            else if (board.Outside(home, board.Load[home] + weight) <= board.Outside(home))
                fills.Add(move);
        }

        foreach (var relief in relieves)
        {
            foreach (var fill in fills)
            {
                if (MayJoin(board, relief, fill) && Join(board, relief, fill))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether some stream of the relieved worker is heavy enough for both and light enough for both: asked first, because it is cheap.</summary>
    private static bool MayJoin(Board board, (int Stream, int At) relief, (int Stream, int At) fill)
    {
        var (from, to) = (board.Home(relief.Stream), fill.At);
        if (from == to)
            return false;
        var relieved = board.Load[from] + board.Weights[relief.Stream];
        var unfilled = board.Load[to] - board.Weights[fill.Stream];
        var need = Math.Max(relieved - board.High[from], board.Low[to] - unfilled);
        var most = Math.Min(relieved - board.Low[from], board.High[to] - unfilled);
        var weight = board.Weights[relief.Stream];
        if (weight >= need && weight <= most)
            return true;
        var shelf = board.Shelf(from);
        var i = shelf.FirstAtLeast(need);
        return i < shelf.Count && shelf.Weight(i) <= most;
    }

    private static bool Join(Board board, (int Stream, int At) relief, (int Stream, int At) fill)
    {
        var (from, to) = (board.Home(relief.Stream), fill.At);
        if (from == to)
            return false;
        ReadOnlySpan<int> touched = [from, relief.At, to, board.Home(fill.Stream)];
        var before = board.Violation(touched);
        board.Move(relief.Stream, relief.At, from);
        board.Move(fill.Stream, fill.At, board.Home(fill.Stream));
        var step = Steps.Best(board, from, to);
        if (step.Stream >= 0)
            board.Move(step.Stream, from, to);
        if (step.Stream >= 0 && board.Violation(touched) <= before && AreUnderCeiling(board, touched))
            return true;

        if (step.Stream >= 0)
            board.Move(step.Stream, to, from);
        board.Move(relief.Stream, from, relief.At);
        board.Move(fill.Stream, board.Home(fill.Stream), fill.At);
        return false;
    }

    private static bool AreUnderCeiling(Board board, ReadOnlySpan<int> workers)
    {
        foreach (var worker in workers)
        {
            if (board.Share[worker] > 0 && !board.IsUnderCeiling(worker))
                return false;
        }

        return true;
    }
}
