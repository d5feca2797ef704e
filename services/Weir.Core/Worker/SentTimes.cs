using System.Runtime.CompilerServices;

namespace Weir.Core.Worker;

/// <summary>When the latest 16 beats were sent: more than a lease can have outstanding.</summary>
[InlineArray(Length)]
public struct SentTimes : IEquatable<SentTimes>
{
    /// <summary>How many are remembered.</summary>
    public const int Length = 16;

    private TimeSpan _first;

    /// <summary>A copy that also remembers <paramref name="sequence"/>.</summary>
    public readonly SentTimes With(long sequence, TimeSpan sentAt)
    {
        var copy = this;
        copy[(int)(sequence % Length)] = sentAt;
        return copy;
    }

    /// <summary>When <paramref name="sequence"/> was sent; false when it is older than what is remembered.</summary>
    public readonly bool TryGet(long sequence, long latest, out TimeSpan sentAt)
    {
        sentAt = this[(int)(sequence % Length)];
        return sequence > latest - Length && sequence <= latest;
    }

    /// <inheritdoc/>
    public readonly bool Equals(SentTimes other) => ((ReadOnlySpan<TimeSpan>)this).SequenceEqual(other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is SentTimes other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => unchecked((int)_first.Ticks);

    /// <summary>All alike.</summary>
    public static bool operator ==(SentTimes left, SentTimes right) => left.Equals(right);

    /// <summary>Any different.</summary>
    public static bool operator !=(SentTimes left, SentTimes right) => !left.Equals(right);
}
