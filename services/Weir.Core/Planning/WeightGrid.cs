namespace Weir.Core.Planning;

/// <summary>
/// Rounds weights to a grid so fine that nobody sees it, and so coarse that any sum of them is exact in a double. Then a
/// worker's load is the same number in whatever order its streams were added and taken, and a plan is the same everywhere.
/// </summary>
internal static class WeightGrid
{
    /// <summary>A double holds integers up to 2^53; one bit is kept spare.</summary>
    private const int Bits = 52;

    /// <summary>The weights on the grid, or none and the one weight all streams have.</summary>
    internal static (double[]? Weights, double Unit) Fit(double[]? weights)
    {
        if (weights is null || weights.Length == 0)
            return (null, 1);

        var total = 0.0;
        var least = double.PositiveInfinity;
        var most = 0.0;
        for (var s = 0; s < weights.Length; s++)
        {
            var weight = weights[s];
            if (!(weight >= 0 && weight <= double.MaxValue))
                throw SnapshotRules.Refusal("weights", s, weight, "a finite number of at least 0");
            total += weight;
            least = Math.Min(least, weight);
            most = Math.Max(most, weight);
        }

        if (!double.IsFinite(total))
            throw new ArgumentException("the weights add up to more than a number can hold", nameof(weights));
        return least == most ? (null, most > 0 ? most : 1) : (OnGrid(weights, Step(total)), 0);
    }

    private static double Step(double total) => Math.ScaleB(1, Math.Max(Math.ILogB(total) + 1 - Bits, -1022));

    private static double[] OnGrid(double[] weights, double step)
    {
        double[]? rounded = null;
        for (var s = 0; s < weights.Length; s++)
        {
            var fitted = Math.Round(weights[s] / step) * step;
            if (fitted == weights[s])
                continue;
            rounded ??= (double[])weights.Clone();
            rounded[s] = fitted;
        }

        return rounded ?? weights;
    }
}
