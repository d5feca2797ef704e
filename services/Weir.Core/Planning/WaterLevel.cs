namespace Weir.Core.Planning;

/// <summary>
/// How high water stands when <c>total</c> is poured into vessels of different width, each with a floor it always holds and a
/// ceiling it never passes: the level at which the clamped shares add up to the total.
/// </summary>
internal static class WaterLevel
{
    private const int RoundsMax = 200;
    private const double Tolerance = 1e-13;

    internal static double Find(ReadOnlySpan<double> shares, ReadOnlySpan<double> floors, ReadOnlySpan<double> ceilings, double total)
    {
        var width = 0.0;
        foreach (var share in shares)
            width += share;
        if (width <= 0)
            return 0;

        var level = total / width;
        var below = 0.0;
        var above = double.PositiveInfinity;
        for (var round = 0; round < RoundsMax; round++)
        {
            var (held, free) = Pour(shares, floors, ceilings, level);
            if (Math.Abs(held - total) <= Tolerance * total)
                return level;
            if (held < total)
                below = level;
            else
                above = level;
            if (double.IsFinite(above) && above - below <= Tolerance * above)
                return level;

            level = Next(level, total - held, free, below, above);
        }

        return level;
    }

    private static (double Held, double Free) Pour(
        ReadOnlySpan<double> shares, ReadOnlySpan<double> floors, ReadOnlySpan<double> ceilings, double level)
    {
        var held = 0.0;
        var free = 0.0;
        for (var w = 0; w < shares.Length; w++)
        {
            var share = shares[w] * level;
            if (share < floors[w])
                held += floors[w];
            else if (share > ceilings[w])
                held += ceilings[w];
            else
            {
                held += share;
                free += shares[w];
            }
        }

        return (held, free);
    }

    /// <summary>A Newton step on the piecewise straight line, or a halving when it leaves the bracket.</summary>
    private static double Next(double level, double missing, double free, double below, double above)
    {
        if (free > 0)
        {
            var step = level + missing / free;
            if (step > below && step < above)
                return step;
        }

        return double.IsPositiveInfinity(above) ? Math.Max(level * 2, 1e-300) : (below + above) / 2;
    }
}
