namespace Weir.Core.Leases;

/// <summary>
/// Whether so many workers are silent at once that the cause is more likely between us than in them. Those who have been silent
/// for <c>Suspect</c> (one and a half periods) count: phases are spread over one period, so that at the moment when the first
/// reaches <c>FenceAfter</c> the others of the same cut are still below it.
/// </summary>
public static class FleetSilence
{
    /// <summary>The least number of silent workers that can be a mass.</summary>
    public const int SilentMin = 3;

    /// <summary>True when at least 3 and at least 30 % of the Live incarnations of the broker are silent.</summary>
    /// <param name="silent">How many have been silent for <see cref="LeaseTimes.Suspect"/>.</param>
    /// <param name="live">How many are Live, the silent ones included.</param>
    public static bool IsMass(int silent, int live) => silent >= SilentMin && silent * 10L >= live * 3L;
}
