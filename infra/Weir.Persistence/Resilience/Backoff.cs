using Weir.Persistence.Settings;

namespace Weir.Persistence.Resilience;

/// <summary>How long to pause before a retry: twice as long each time, up to a limit, a quarter more or less by chance so that a herd spreads.</summary>
internal static class Backoff
{
    internal const double JitterShare = 0.25;

    private const double Factor = 2;

    /// <param name="options">Base and limit.</param>
    /// <param name="retry">0 for the first retry.</param>
    /// <param name="chance">0 to 1.</param>
    internal static TimeSpan Before(DatabaseOptions options, int retry, double chance) => Plain(options, retry) * (1 - JitterShare + 2 * JitterShare * chance);

    internal static TimeSpan Longest(DatabaseOptions options, int retry) => Before(options, retry, chance: 1);

    private static TimeSpan Plain(DatabaseOptions options, int retry)
    {
        var seconds = options.RetryBase.TotalSeconds * Math.Pow(Factor, retry);
        return seconds >= options.RetryMax.TotalSeconds ? options.RetryMax : TimeSpan.FromSeconds(seconds);
    }
}
