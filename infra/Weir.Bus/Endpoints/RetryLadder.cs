namespace Weir.Bus.Endpoints;

/// <summary>
/// How often and after which pauses a message that failed is tried again before it goes to the error queue. A store
/// that is away is no failure of the message: it costs no rung.
/// </summary>
public sealed class RetryLadder
{
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    private readonly TimeSpan[] _pauses;

    private RetryLadder(params TimeSpan[] pauses) => _pauses = pauses;

    /// <summary>One attempt.</summary>
    public static RetryLadder None { get; } = new();

    /// <summary>Five attempts: after 50 ms, 200 ms, 1 s and 3 s. At worst 4.3 s and a fifth more by chance, besides the work itself.</summary>
    public static RetryLadder Standard { get; } = Of([50, 200, 1000, 3000]);

    /// <summary>How often a message is tried at most: the pauses and one.</summary>
    public int Attempts => _pauses.Length + 1;

    /// <summary>The pauses before the second and each later attempt, before chance adds up to a fifth.</summary>
    public IReadOnlyList<TimeSpan> Pauses => _pauses;

    /// <summary>A ladder of one's own.</summary>
    /// <param name="milliseconds">1 to 10 pauses of 0 to 30,000 ms each.</param>
    /// <exception cref="ArgumentException">Too many, or one out of range.</exception>
    public static RetryLadder Of(params int[] milliseconds)
    {
        ArgumentNullException.ThrowIfNull(milliseconds);
        if (milliseconds.Length is 0 or > 10 || milliseconds.Any(pause => pause < 0 || pause > PauseMax.TotalMilliseconds))
            throw new ArgumentException("A ladder has 1 to 10 pauses of 0 to 30,000 ms each", nameof(milliseconds));

        return new RetryLadder([.. milliseconds.Select(pause => TimeSpan.FromMilliseconds(pause))]);
    }
}
