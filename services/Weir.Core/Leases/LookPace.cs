namespace Weir.Core.Leases;

/// <summary>
/// Whether a replica may trust what it has watched. A replica that was paused, whose database was away or that is new has not
/// seen the beats that came meanwhile: it starts all its watches anew.
/// </summary>
public static class LookPace
{
    /// <summary>Whether the watches go on from the previous look, or start anew.</summary>
    /// <param name="previous">When the previous look ended well; null when there was none or it failed.</param>
    /// <param name="now">This look's read, on the same clock.</param>
    /// <param name="every">The period of looks.</param>
    public static bool GoesOn(TimeSpan? previous, TimeSpan now, TimeSpan every) => previous is { } last && now - last <= 2 * every;
}
