namespace Weir.ServiceDefaults.Memory;

/// <summary>Says when a burst of work is over, by what a program allocates.</summary>
internal sealed class BurstWatch
{
    /// <summary>A burst allocates this much or more within a period.</summary>
    internal const long BurstBytes = 32 * 1024 * 1024;

    /// <summary>It is over when a period allocates less than one part in so many of its busiest one.</summary>
    private const int Fraction = 4;

    private long _busiest;

    /// <summary>Takes one more period into account.</summary>
    /// <param name="allocated">What was allocated within it, in bytes.</param>
    /// <returns>Whether a burst has just ended: once a burst.</returns>
    internal bool Ends(long allocated)
    {
        _busiest = Math.Max(_busiest, allocated);
        if (_busiest < BurstBytes || allocated >= _busiest / Fraction) return false;
        _busiest = 0;
        return true;
    }
}
