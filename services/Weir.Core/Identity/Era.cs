using Weir.Core.Invariants;

namespace Weir.Core.Identity;

/// <summary>
/// One life of the database. It grows by at least one when the store is restored or promoted,
/// so that every epoch of a later era is above every epoch of an earlier one.
/// </summary>
/// <param name="Value">0 to 262,143 (18 bits: 29 years of one era an hour).</param>
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

    /// <inheritdoc/>
    public int CompareTo(Era other) => Value.CompareTo(other.Value);
}
