namespace Weir.Core.Planning;

/// <summary>
/// A makespan no plan of these weights can go below: the larger of the mean level; the k heaviest streams on the k largest
/// workers; and, for workers of one share, the streams that must meet on one worker because there are more than workers.
/// </summary>
internal static class MakespanBound
{
    /// <summary>How many of the heaviest streams a worker are looked at for the third bound.</summary>
    internal const int Rounds = 4;

    /// <param name="shares">Of the workers that take streams.</param>
    /// <param name="heaviest">The heaviest streams, heaviest first: at least workers + 1 of them, or all there are.</param>
    /// <param name="total">All weight.</param>
    /// <param name="whole">Whether every weight is a whole number.</param>
    internal static double Of(double[] shares, ReadOnlySpan<double> heaviest, double total, bool whole)
    {
        if (shares.Length == 0)
            return 0;
        var sorted = (double[])shares.Clone();
        Array.Sort(sorted);
        Array.Reverse(sorted);
        var width = sorted.Sum();
        var bound = Math.Max(total / width, Heaviest(sorted, heaviest));
        if (sorted[0] != sorted[^1])
            return bound;

        bound = Math.Max(bound, Meeting(sorted.Length, heaviest) / sorted[0]);
        // Sums of whole weights are whole; a hair is taken off first, because the mean may be rounded up already.
        return whole ? Math.Ceiling(bound * sorted[0] * (1 - 1e-12)) / sorted[0] : bound;
    }

    private static double Heaviest(double[] shares, ReadOnlySpan<double> heaviest)
    {
        var (bound, weight, width) = (0.0, 0.0, 0.0);
        for (var k = 0; k < shares.Length - 1 && k < heaviest.Length; k++)
        {
            weight += heaviest[k];
            width += shares[k];
            bound = Math.Max(bound, weight / width);
        }

        return Math.Max(bound, heaviest.Length > 0 ? heaviest[0] / shares[0] : 0);
    }

    /// <summary>Of the qW + 1 heaviest, q + 1 share a worker: at best the lightest of them.</summary>
    private static double Meeting(int workers, ReadOnlySpan<double> heaviest)
    {
        var bound = 0.0;
        for (var q = 1; q <= Rounds && q * workers < heaviest.Length; q++)
        {
            var sum = 0.0;
            for (var i = 0; i <= q; i++)
                sum += heaviest[q * workers - i];
            bound = Math.Max(bound, sum);
        }

        return bound;
    }
}
