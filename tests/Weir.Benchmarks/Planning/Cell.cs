namespace Weir.Benchmarks.Planning;

/// <summary>One measured figure of the table.</summary>
/// <param name="MedianMs">Of the timed runs, after a warm-up.</param>
/// <param name="LeastMs">The fastest of them: on a busy machine the nearer to the truth.</param>
/// <param name="Moves">Streams taken from a live worker.</param>
/// <param name="Bound">The fewest moves with which any plan ends as level; for peers the bound of ours.</param>
/// <param name="MaxMinusMin">Of counts, or of weights.</param>
/// <param name="Makespan">Highest level over its lower bound.</param>
/// <param name="Band">The furthest any worker is from its share.</param>
/// <param name="PeakMb">Most memory the process ever held.</param>
internal sealed record Cell(double MedianMs, double LeastMs, int Moves, int Bound, double MaxMinusMin, double Makespan, double Band, double PeakMb)
{
    public double? FirstMs { get; init; }
}
