using Weir.Core.Identity;
using Weir.Core.Invariants;
using Weir.Core.Leases;

namespace Weir.Core.Worker;

/// <summary>
/// A worker's own count of its lease, on a clock that runs through suspend. It counts from the moment it sent the beat that was
/// acknowledged: the other side cannot have begun to count before that.
/// </summary>
/// <param name="Incarnation">The life it was given.</param>
/// <param name="CountsFrom">When the acknowledged beat (or the registration) had been sent.</param>
public readonly record struct LeaseAgent(Incarnation Incarnation, TimeSpan CountsFrom)
{
    /// <summary>The beat sent last; 0 before the first.</summary>
    public long Sequence { get; init; }

    /// <summary>The highest beat acknowledged; 0 for the registration itself.</summary>
    public long Acknowledged { get; init; }

    /// <summary>When the latest beat was sent.</summary>
    public TimeSpan SentAt { get; init; }

    /// <summary>When the latest beats were sent, by sequence.</summary>
    public SentTimes Sent { get; init; }

    /// <summary>It ended once: nothing renews it, the worker registers anew.</summary>
    public bool Lapsed { get; init; }

    /// <summary>A lease that was just granted.</summary>
    /// <param name="incarnation">The life given.</param>
    /// <param name="registrationSentAt">When that attempt was first sent: a repeated one is answered alike, and the other side counts from the first.</param>
    public static LeaseAgent Begin(Incarnation incarnation, TimeSpan registrationSentAt) =>
        new(incarnation, registrationSentAt) { SentAt = registrationSentAt };

    /// <summary>When the next beat is due: after a period, or after half of one when the last was not acknowledged.</summary>
    public TimeSpan NextBeatAt(LeaseTimes times) => SentAt + (Acknowledged == Sequence ? times.Beat : times.Beat / 2);

    /// <summary>A beat under the next sequence goes out now.</summary>
    public LeaseAgent Beat(TimeSpan now)
    {
        Invariant.Holds(now >= SentAt, "clock", $"the worker's clock went back from {SentAt} to {now}");
        return this with { Sequence = Sequence + 1, SentAt = now, Sent = Sent.With(Sequence + 1, now) };
    }

    /// <summary>LeaseRenewed names <paramref name="sequence"/>: the count runs from that beat's sending.</summary>
    public LeaseAgent Renewed(long sequence, TimeSpan now, LeaseTimes times)
    {
        if (!IsValid(now, times) || sequence <= Acknowledged || sequence > Sequence || !Sent.TryGet(sequence, Sequence, out var sentAt))
            return this;

        Invariant.Holds(sentAt >= CountsFrom, "S8", $"lease {Incarnation} would count from {sentAt}, before {CountsFrom}");
        return this with { Acknowledged = sequence, CountsFrom = sentAt };
    }

    /// <summary>Whether new streams may be taken, and those without local mode go on.</summary>
    public bool IsValid(TimeSpan now, LeaseTimes times) => !Lapsed && Covers(TimeSpan.Zero, now, times);

    /// <summary>Whether a stream granted with <paramref name="localModeFor"/> may still act. Asked before each write, not only by a timer.</summary>
    public bool Covers(TimeSpan localModeFor, TimeSpan now, LeaseTimes times) => now - CountsFrom < times.StopAfter(localModeFor);

    /// <summary>Whether a handler that has not ended by now must be ended with its process.</summary>
    public bool MustExit(TimeSpan localModeFor, TimeSpan now, LeaseTimes times) => now - CountsFrom >= times.ExitAfter(localModeFor);

    /// <summary>Marks the lease as ended once it is.</summary>
    public LeaseAgent Look(TimeSpan now, LeaseTimes times) => Lapsed || IsValid(now, times) ? this : this with { Lapsed = true };
}
