namespace Weir.Persistence.Settings;

/// <summary>The first rung of the retry ladder in figures: how often a unit of work is tried, and how long its caller waits at worst.</summary>
/// <param name="Tries">The first one included.</param>
/// <param name="PausesMost">All pauses between them, each at its longest.</param>
/// <param name="WaitMost">The deadline over all tries, and what it takes to end the last one for real.</param>
public sealed record RetryLadder(int Tries, TimeSpan PausesMost, TimeSpan WaitMost)
{
    private const int GracesToEnd = 3;

    /// <summary>The ladder these options make.</summary>
    public static RetryLadder Of(DatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var pauses = TimeSpan.Zero;
        for (var retry = 0; retry < options.RetriesMax; retry++) pauses += Resilience.Backoff.Longest(options, retry);
        return new RetryLadder(1 + options.RetriesMax, pauses, options.Deadline + GracesToEnd * options.CancelGrace);
    }
}
