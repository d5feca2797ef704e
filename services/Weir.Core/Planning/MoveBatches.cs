namespace Weir.Core.Planning;

/// <summary>Cuts the moves of a plan into batches that are started one after the other, in the plan's order.</summary>
public static class MoveBatches
{
    /// <summary>The parts of a plan's moves and when each may start, counted from the first.</summary>
    /// <param name="moves">How many moves the plan has, at least 0.</param>
    /// <param name="batch">Most moves a batch holds, at least 1.</param>
    /// <param name="pause">Between the starts of two batches, at least zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static IReadOnlyList<(Range Moves, TimeSpan StartsAfter)> Of(int moves, int batch, TimeSpan pause)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(moves);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pause, TimeSpan.Zero);

        var batches = new List<(Range Moves, TimeSpan StartsAfter)>();
        for (var first = 0; first < moves; first += batch)
            batches.Add((first..Math.Min(first + batch, moves), batches.Count * pause));
        return batches;
    }
}
