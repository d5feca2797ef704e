using System.Globalization;

namespace Weir.Benchmarks.Outbox;

/// <summary>The rounds of each variant of one question, interleaved, so that a busy minute hits all alike.</summary>
internal sealed class Series(string title, string unit)
{
    private readonly List<(string Variant, List<double> Rounds)> _variants = [];

    public async Task RunAsync(int rounds, params (string Variant, Func<Task<double>> Round)[] variants)
    {
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var (variant, run) in variants)
            {
                var figure = await run();
                Add(variant, figure);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}, round {round}, {variant}: {figure:0.0} {unit}"));
            }
        }
    }

    public void Add(string variant, double figure)
    {
        var found = _variants.Find(one => one.Variant == variant);
        if (found.Rounds is null) _variants.Add(found = (variant, []));
        found.Rounds.Add(figure);
    }

    public double Median(string variant) => Median(_variants.Find(one => one.Variant == variant).Rounds);

    /// <summary>The median of the rounds' own ratios: the machine's speed of the moment falls out.</summary>
    public double Ratio(string variant, string to)
    {
        var (ours, theirs) = (_variants.Find(one => one.Variant == variant).Rounds, _variants.Find(one => one.Variant == to).Rounds);
        return Median([.. ours.Zip(theirs, (left, right) => left / right)]);
    }

    public void Print()
    {
        Console.WriteLine($"\n{title} ({unit})");
        foreach (var (variant, rounds) in _variants)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {variant,-42} {Median(rounds),10:0.0}   [{rounds.Min():0.0} .. {rounds.Max():0.0}]"));
    }

    private static double Median(List<double> rounds)
    {
        var sorted = rounds.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
