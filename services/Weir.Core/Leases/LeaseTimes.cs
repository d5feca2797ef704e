using Weir.Core.Invariants;

namespace Weir.Core.Leases;

/// <summary>
/// The figures of a lease, one set a pool. All are spans on the reader's own monotonic clock; no two machines' clocks are compared.
/// </summary>
/// <param name="Beat">How often a worker beats. Fast 2 s, Relaxed 60 s.</param>
/// <param name="Suspect">Silence after which a worker takes no new streams. Above <paramref name="Beat"/>.</param>
/// <param name="FenceAfter">Silence after which an incarnation is fenced for good. Above <paramref name="Suspect"/>.</param>
/// <param name="Ttl">How long a lease lasts. At least <paramref name="FenceAfter"/>.</param>
/// <param name="Look">How often a Registry replica looks at the sequences. Fast 250 ms.</param>
public sealed record LeaseTimes(TimeSpan Beat, TimeSpan Suspect, TimeSpan FenceAfter, TimeSpan Ttl, TimeSpan Look)
{
    /// <summary>The default profile: a dead worker's streams run elsewhere in seconds.</summary>
    public static LeaseTimes Fast { get; } = new(
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), TimeSpan.FromMilliseconds(250));

    /// <summary>The original's figures: beat 60 s, warn 120 s, lost 300 s.</summary>
    public static LeaseTimes Relaxed { get; } = new(
        TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(5));

    /// <summary>How often a canary goes round, and how late it may be: 500 ms.</summary>
    public static TimeSpan CanaryEvery { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long both queues of a process must be gone before it counts as dead: 1.5 s, for a bus that resets is back in about 1 s.</summary>
    public static TimeSpan QueuesGoneFor { get; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>How often the quiet of a silent incarnation is written once it is past <see cref="FenceAfter"/>: 1 s.</summary>
    public static TimeSpan QuietEvery { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Silence after which a worker is fenced while a large share of the fleet is silent too.</summary>
    public TimeSpan MassFenceAfter => 2 * Ttl;

    /// <summary>How long a command mark may stay unread before renewals end.</summary>
    public TimeSpan MarkUnreadFor => 2 * Ttl;

    /// <summary>
    /// How long after the sending of the last acknowledged beat a worker may act on a stream: three quarters of what the other
    /// side waits, so that the promise holds for clocks whose rates differ by up to a third.
    /// </summary>
    public TimeSpan StopAfter(TimeSpan localModeFor) => (Ttl + localModeFor) * 3 / 4;

    /// <summary>How long after that sending a process whose handlers have not ended ends itself: nine tenths.</summary>
    public TimeSpan ExitAfter(TimeSpan localModeFor) => (Ttl + localModeFor) * 9 / 10;

    /// <summary>How quiet a fenced incarnation must have been before another may start its Unfenced stream.</summary>
    public TimeSpan GrantAfter(TimeSpan localModeFor) => Ttl + localModeFor;

    /// <summary>Throws when the figures are out of order: then a lease could end before it was missed.</summary>
    /// <exception cref="InvariantViolatedException">The order Beat &lt; Suspect &lt; FenceAfter &lt;= Ttl does not hold.</exception>
    public void Check() =>
        Invariant.Holds(
            TimeSpan.Zero < Look && Look < Beat && Beat < Suspect && Suspect < FenceAfter && FenceAfter <= Ttl,
            "lease-times",
            $"look {Look}, beat {Beat}, suspect {Suspect}, fence after {FenceAfter} and TTL {Ttl} are out of order");
}
