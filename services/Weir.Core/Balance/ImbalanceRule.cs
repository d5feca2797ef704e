namespace Weir.Core.Balance;

/// <summary>
/// The original system's three signs that a fleet is no longer level: a worker nearly full, a wide spread, a worker many
/// streams away from its share.
/// </summary>
public sealed record ImbalanceRule
{
    /// <summary>A worker whose load is at least this is an emergency.</summary>
    /// <value>0.95 of its capacity.</value>
    public double EmergencyLoad { get; init; } = 0.95;

    /// <summary>Loads further apart than this are out of balance.</summary>
    /// <value>0.20 of a capacity.</value>
    public double SpreadMax { get; init; } = 0.20;

    /// <summary>A worker further than this from its share of the streams, by capacity, is out of balance.</summary>
    /// <value>2 streams.</value>
    public double StreamsOffMax { get; init; } = 2;

    /// <summary>Looks at live workers.</summary>
    /// <param name="counts">Streams a worker has.</param>
    /// <param name="weights">What they weigh together; the same numbers when each weighs 1.</param>
    /// <param name="capacities">One a worker, above 0.</param>
    /// <exception cref="ArgumentException">The three differ in length.</exception>
    public Imbalance Check(ReadOnlySpan<int> counts, ReadOnlySpan<double> weights, ReadOnlySpan<double> capacities)
    {
        if (counts.Length != capacities.Length || weights.Length != capacities.Length)
            throw new ArgumentException($"{counts.Length} counts, {weights.Length} weights and {capacities.Length} capacities: one each", nameof(counts));
        if (counts.Length == 0)
            return default;

        var streams = 0L;
        var capacity = 0.0;
        var (lowest, highest) = (double.PositiveInfinity, 0.0);
        for (var w = 0; w < counts.Length; w++)
        {
            streams += counts[w];
            capacity += capacities[w];
            lowest = Math.Min(lowest, weights[w] / capacities[w]);
            highest = Math.Max(highest, weights[w] / capacities[w]);
        }

        var off = 0.0;
        for (var w = 0; w < counts.Length; w++)
            off = Math.Max(off, Math.Abs(counts[w] - streams * capacities[w] / capacity));
        const double Rounding = 1e-12;
        return new Imbalance(highest >= EmergencyLoad, highest - lowest > SpreadMax + Rounding, off > StreamsOffMax + Rounding);
    }
}
