using Weir.Core.Invariants;

namespace Weir.Core.Leases;

/// <summary>
/// Whether so many workers are silent at once that the cause is more likely between us than in them. Those count who have been
/// silent for <c>FenceAfter</c> less one period and a tenth: phases are spread over a period, and clocks differ, so that at the
/// moment when the first of a cut reaches <c>FenceAfter</c> the last has only come so far (ADR 0011).
/// </summary>
public static class FleetSilence
{
    /// <summary>The least number of silent workers that can be a mass.</summary>
    public const int SilentMin = 3;

    /// <summary>The silence from which a worker counts.</summary>
    public static TimeSpan CountsFrom(LeaseTimes times) => times.FenceAfter - 1.1 * times.Beat;

    /// <summary>True when at least 3 and at least 30 % of the Live incarnations of the broker are silent.</summary>
    /// <param name="silent">How many have been silent for <see cref="CountsFrom"/>.</param>
    /// <param name="live">How many are Live, the silent ones included.</param>
    public static bool IsMass(int silent, int live)
    {
        Invariant.Holds(silent >= 0 && silent <= live, "fleet", $"{silent} of {live} workers cannot be silent");
        return silent >= SilentMin && silent * 10L >= live * 3L;
    }
}
