namespace Weir.Core.Identity;

/// <summary>
/// One life of a worker in the eyes of the control plane. Drawn from the same counter as epochs, so it is never used again,
/// also after the database was restored. Every command and every beat names one.
/// </summary>
/// <param name="Value">0 (<see cref="None"/>) to 2^53 - 1; a later life has a higher value.</param>
public readonly record struct Incarnation(long Value) : IComparable<Incarnation>
{
    /// <summary>No life at all: the owner of a stream that nobody owns.</summary>
    public static readonly Incarnation None;

    /// <summary>The life that a drawn counter value stands for.</summary>
    public static Incarnation From(Epoch drawn) => new(drawn.Value);

    /// <inheritdoc/>
    public int CompareTo(Incarnation other) => Value.CompareTo(other.Value);

    /// <summary>An earlier life than.</summary>
    public static bool operator <(Incarnation left, Incarnation right) => left.Value < right.Value;

    /// <summary>A later life than.</summary>
    public static bool operator >(Incarnation left, Incarnation right) => left.Value > right.Value;

    /// <summary>An earlier life than, or the same.</summary>
    public static bool operator <=(Incarnation left, Incarnation right) => left.Value <= right.Value;

    /// <summary>A later life than, or the same.</summary>
    public static bool operator >=(Incarnation left, Incarnation right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Value}");
}
