namespace Weir.Core.Balance;

/// <summary>How level a fleet is, as one number: 1 is perfectly level, 0 is as bad as it gets.</summary>
public static class BalanceScore
{
    /// <summary>max(0, 1 - stdev / mean) of the loads, with the sample standard deviation.</summary>
    /// <param name="loads">One load a worker (streams or weight per unit of capacity), each finite and at least 0.</param>
    /// <returns>0 to 1. No workers, one worker, or a mean of 0 give 1: nothing is uneven.</returns>
    /// <exception cref="ArgumentException">A load is negative, infinite or NaN; the message names its place.</exception>
    public static double Of(ReadOnlySpan<double> loads)
    {
        var sum = 0.0;
        for (var i = 0; i < loads.Length; i++)
        {
            if (!double.IsFinite(loads[i]) || loads[i] < 0)
                throw new ArgumentException($"loads[{i}] is {loads[i]}: a load is a finite number of at least 0", nameof(loads));
            sum += loads[i];
        }

        if (loads.Length < 2 || sum <= 0)
            return 1;

        var mean = sum / loads.Length;
        var squares = 0.0;
        foreach (var load in loads)
            squares += (load - mean) * (load - mean);
        return Math.Max(0, 1 - Math.Sqrt(squares / (loads.Length - 1)) / mean);
    }
}
