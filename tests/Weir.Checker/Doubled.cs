namespace Weir.Checker;

/// <summary>Two owners that ticked the same stream side by side.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="First">One owner.</param>
/// <param name="Second">The other.</param>
/// <param name="From">From when both did, nanoseconds of boot time.</param>
/// <param name="OverlapMs">For how long at least, milliseconds.</param>
/// <param name="IsFenced">Then only the sink's rows tell whether it mattered.</param>
internal sealed record Doubled(string Stream, string First, string Second, long From, double OverlapMs, bool IsFenced);
