namespace Weir.Checker;

/// <summary>How long nobody ticked a stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="LargestMs">The longest time between two ticks, milliseconds.</param>
/// <param name="Gaps">How many such times were above what is called a gap.</param>
internal sealed record StreamGap(string Stream, double LargestMs, int Gaps);
