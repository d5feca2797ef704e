using Weir.Core.Balance;

namespace Weir.Core.Planning;

/// <summary>How a pool wants to be planned. Immutable; the same snapshot and policy always give the same plan.</summary>
public sealed record Policy
{
    /// <summary>
    /// Half the width of the band that weighted loads are brought into: each worker ends between (1 - band) and (1 + band)
    /// of its share. 0 asks for the least makespan; the lower edge then stays <see cref="LowEdgeAtLeast"/> below the share.
    /// Streams of one weight are always levelled exactly, whatever it says.
    /// </summary>
    /// <value>0.05. Allowed: 0 to 1.</value>
    public double Band { get; init; } = 0.05;

    /// <summary>How far a worker may be from its share before a loop plans voluntary moves.</summary>
    /// <value>0.10. Allowed: <see cref="Band"/> to 10.</value>
    public double OuterBand { get; init; } = 0.10;

    /// <summary>Most moves one plan may hold. Placements do not count.</summary>
    /// <value>null: no limit. Allowed: 0 and up.</value>
    public int? MovesMax { get; init; }

    /// <summary>How long a stream that was moved by choice stays where it is, in seconds. Drains and placements do not wait.</summary>
    /// <value>0. Allowed: 0 and up.</value>
    public double CoolDownSeconds { get; init; }

    /// <summary>When a plan holds voluntary moves.</summary>
    /// <value><see cref="Levelling.Always"/>.</value>
    public Levelling Levelling { get; init; } = Levelling.Always;

    /// <summary>More reasons for a loop to plan voluntary moves, beside the outer band.</summary>
    /// <value>null: the outer band alone.</value>
    public ImbalanceRule? Trigger { get; init; }

    /// <summary>The lower edge of the band when <see cref="Band"/> is 0.</summary>
    public const double LowEdgeAtLeast = 0.05;

    /// <summary>Throws when a value is outside its range or two of them contradict each other.</summary>
    /// <exception cref="ArgumentException">The message names the value and what is allowed.</exception>
    public void Validate()
    {
        Require(Band is >= 0 and <= 1, nameof(Band), Band, "0 to 1");
        Require(OuterBand >= Band && OuterBand <= 10, nameof(OuterBand), OuterBand, "the band to 10");
        Require(MovesMax is null or >= 0, nameof(MovesMax), MovesMax ?? 0, "0 and up, or none");
        Require(double.IsFinite(CoolDownSeconds) && CoolDownSeconds >= 0, nameof(CoolDownSeconds), CoolDownSeconds, "0 and up");
    }

    private static void Require(bool holds, string name, double value, string allowed)
    {
        if (!holds)
            throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; allowed: {allowed}"), name);
    }
}
