using Weir.Core.Invariants;

namespace Weir.Core.Identity;

/// <summary>
/// The high part of an epoch: slots of 2^22 ms (70 minutes) since 2026-01-01. A life of the database begins at the epoch of its
/// first moment, so that every epoch of a later life is above every epoch of an earlier one (ADR 0010).
/// </summary>
/// <param name="Value">0 to 262,143 (18 bits: 34 years).</param>
public readonly record struct Era(int Value) : IComparable<Era>
{
    /// <summary>The highest era: with it the highest epoch is still exact in a JSON number.</summary>
    public const int Max = (1 << 18) - 1;

    /// <summary>The epoch that counter value <paramref name="sequence"/> stands for in this era.</summary>
    /// <param name="sequence">The database's counter, 0 to 2^35 - 1.</param>
    /// <exception cref="InvariantViolatedException">The era or the counter has run out of room (S2).</exception>
    public Epoch At(long sequence)
    {
        Invariant.Holds(Value is >= 0 and <= Max, "S2", $"era {Value} is outside 0 to {Max}");
        Invariant.Holds(sequence is >= 0 and < Epoch.PerEra, "S2", $"counter {sequence} is outside 0 to {Epoch.PerEra - 1}");
        return new Epoch(Value * Epoch.PerEra + sequence);
    }

    /// <summary>
    /// The first epoch of a life that begins at this moment: 8,192 epochs a millisecond, faster than any database grants, so
    /// that no earlier life can have got so far.
    /// </summary>
    /// <param name="millisecondsSince2026">Wall clock, 0 or more; 2026-01-01T00:00Z is 0.</param>
    public static Epoch FirstEpochAt(long millisecondsSince2026) =>
        new Era((int)(millisecondsSince2026 >> 22)).At((millisecondsSince2026 & (1L << 22) - 1) << 13);

    /// <inheritdoc/>
    public int CompareTo(Era other) => Value.CompareTo(other.Value);
}
