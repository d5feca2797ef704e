namespace Weir.Core.Leases;

/// <summary>
/// A message that a Registry replica sends itself through the beats' own queue. While it comes back in time the way of the beats
/// is open, and silence is the worker's; while it is late, silence proves nothing.
/// </summary>
/// <param name="Sent">The number of the canary sent last; 0 before the first.</param>
/// <param name="SentAt">When it was sent, on the replica's clock.</param>
/// <param name="Back">The number of the latest that came back in time.</param>
/// <param name="BackSentAt">When that one had been sent.</param>
public readonly record struct Canary(long Sent, TimeSpan SentAt, long Back, TimeSpan BackSentAt)
{
    /// <summary>The next canary goes out now.</summary>
    public Canary Send(TimeSpan now) => this with { Sent = Sent + 1, SentAt = now };

    /// <summary>A canary came back; one that is late, or not the latest, proves nothing.</summary>
    public Canary Return(long number, TimeSpan now) =>
        number == Sent && now - SentAt <= LeaseTimes.CanaryEvery ? this with { Back = number, BackSentAt = SentAt } : this;

    /// <summary>Whether beats get through: the latest canary is back, or is not late yet and the one before it is back.</summary>
    public bool IsGood(TimeSpan now) =>
        Sent > 0 && (Back == Sent ? now - SentAt <= 2 * LeaseTimes.CanaryEvery : Back == Sent - 1 && Back > 0 && now - SentAt <= LeaseTimes.CanaryEvery);

    /// <summary>
    /// Whether no canary has come back for longer than a period of beats. Then connections may be gone, and every worker has to find the
    /// broker again before it can beat: one that is slower at that than others is not dead (ADR 0011).
    /// </summary>
    public bool IsLongAway(TimeSpan now, LeaseTimes times) => Back > 0 && !IsGood(now) && now - BackSentAt > times.Beat;
}
