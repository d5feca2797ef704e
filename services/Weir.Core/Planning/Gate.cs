namespace Weir.Core.Planning;

/// <summary>Decides whether a loop levels at all: small differences are left alone, so that noise moves nothing.</summary>
internal static class Gate
{
    private const double Rounding = 1e-9;

    /// <summary>For streams of one weight: a worker is outside when it is outside both the outer band and what whole streams allow.</summary>
    internal static bool OpensFor(Standing standing, Policy policy, int[] counts, UnitBox box)
    {
        for (var w = 0; w < counts.Length; w++)
        {
            if (standing.Share[w] <= 0)
                continue;
            var share = Math.Clamp(standing.Share[w] * box.Level, standing.Floor[w], standing.Limit[w]);
            if (counts[w] > box.High[w] && counts[w] > share * (1 + policy.OuterBand + Rounding))
                return true;
            if (counts[w] < box.Low[w] && counts[w] < share * (1 - policy.OuterBand - Rounding))
                return true;
        }

        return Triggered(standing, policy, Array.ConvertAll(counts, n => n * standing.Snapshot.UnitWeight), counts);
    }

    /// <summary>For weighted streams: outside the outer band round the share.</summary>
    internal static bool OpensFor(Standing standing, Policy policy, double[] loads, int[] counts, double[] wanted, double outerBand)
    {
        for (var w = 0; w < loads.Length; w++)
        {
            if (standing.Share[w] > 0 && Math.Abs(loads[w] - wanted[w]) > wanted[w] * (outerBand + Rounding))
                return true;
        }

        return Triggered(standing, policy, loads, counts);
    }

    private static bool Triggered(Standing standing, Policy policy, double[] loads, int[] counts)
    {
        if (policy.Trigger is null)
            return false;

        var live = new List<int>();
        for (var w = 0; w < counts.Length; w++)
        {
            if (standing.Share[w] > 0)
                live.Add(w);
        }

        var capacities = live.Select(w => standing.Snapshot.Capacities[w]).ToArray();
        return policy.Trigger.Check(live.Select(w => counts[w]).ToArray(), live.Select(w => loads[w]).ToArray(), capacities).Any;
    }
}
