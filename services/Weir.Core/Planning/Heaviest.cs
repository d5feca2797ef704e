namespace Weir.Core.Planning;

/// <summary>The heaviest streams that count in a plan, heaviest first, found in one pass.</summary>
internal static class Heaviest
{
    /// <param name="standing">Tells which streams count: all but those that stay without an owner.</param>
    /// <param name="most">How many are wanted.</param>
    internal static double[] Of(Standing standing, int most)
    {
        var weights = standing.Snapshot.Weights!;
        var left = new StreamSet(weights.Length);
        foreach (var unplaced in standing.Unplaced)
            left.Add(unplaced.Stream);

        // Keeps up to twice as many as wanted and throws the lighter half away whenever it is full.
        most = Math.Min(most, weights.Length);
        var found = new double[Math.Max(2 * most, 1)];
        var count = 0;
        var threshold = double.NegativeInfinity;
        for (var s = 0; s < weights.Length; s++)
        {
            if (weights[s] <= threshold || (!left.IsEmpty && left.Has(s)))
                continue;
            found[count++] = weights[s];
            if (count < found.Length)
                continue;
            Array.Sort(found);
            Array.Copy(found, count - most, found, 0, most);
            threshold = found[0];
            count = most;
        }

        var kept = found.AsSpan(0, count);
        kept.Sort();
        kept.Reverse();
        return kept[..Math.Min(most, count)].ToArray();
    }
}
