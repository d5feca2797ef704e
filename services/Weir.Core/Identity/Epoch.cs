namespace Weir.Core.Identity;

/// <summary>
/// The fencing token of one assignment of a stream: the next value of one counter of the database, which starts every life of
/// the database above all it gave out before (ADR 0010). It only grows, also when a stream is removed and added again, and it
/// fits 53 bits, so any JSON reader keeps it exact.
/// </summary>
/// <param name="Value">0 (<see cref="None"/>) to 2^53 - 1.</param>
public readonly record struct Epoch(long Value) : IComparable<Epoch>
{
    /// <summary>How many epochs one era holds: 2^35.</summary>
    public const long PerEra = 1L << 35;

    /// <summary>The highest value: 2^53 - 1, exact in a JSON number.</summary>
    public const long Max = (1L << 53) - 1;

    /// <summary>No epoch was ever given. Below every other.</summary>
    public static readonly Epoch None;

    /// <summary>The high part: the era in which the counter stood, or later when it was drawn long after its era began.</summary>
    public Era Era => new((int)(Value / PerEra));

    /// <inheritdoc/>
    public int CompareTo(Epoch other) => Value.CompareTo(other.Value);

    /// <summary>Older than.</summary>
    public static bool operator <(Epoch left, Epoch right) => left.Value < right.Value;

    /// <summary>Newer than.</summary>
    public static bool operator >(Epoch left, Epoch right) => left.Value > right.Value;

    /// <summary>Older than or the same.</summary>
    public static bool operator <=(Epoch left, Epoch right) => left.Value <= right.Value;

    /// <summary>Newer than or the same.</summary>
    public static bool operator >=(Epoch left, Epoch right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Value}");
}
