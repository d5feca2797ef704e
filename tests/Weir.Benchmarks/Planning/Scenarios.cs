namespace Weir.Benchmarks.Planning;

/// <summary>The starts every peer is measured on. Same seed, same fleet, on every machine.</summary>
internal static class Scenarios
{
    private const int Seed = 20260101;
    private const double ZipfExponent = 1.2;
    private const int HeaviestWeight = 40;

    /// <summary>The names, in the order of the tables.</summary>
    internal static readonly string[] Unit = ["cold", "join", "die", "die10", "noop", "churn", "roll"];

    internal static readonly string[] Weighted = ["hetero", "zipf", "zipfjoin"];

    internal static State Start(string name, int workers, int streams, int seed = 0)
    {
        var random = new Random(Seed + seed);
        return name switch
        {
            "cold" => Cold(workers, streams),
            "join" => Join(workers, streams),
            "die" => Die(workers, streams, 1),
            "die10" => Die(workers, streams, workers / 10),
            "noop" => Level(workers, streams - streams / workers / 3 - 1),
            "churn" or "roll" => Level(workers, streams),
            "hetero" => Hetero(workers, streams),
            "zipf" => Zipf(random, workers, streams),
            "zipfjoin" => ZipfJoin(random, workers, streams),
            _ => throw new ArgumentException($"no scenario is called '{name}'", nameof(name)),
        };
    }

    /// <summary>What happens one after the other: which worker leaves or comes before each plan.</summary>
    internal static IReadOnlyList<(int Worker, bool Live)> Events(string name, int workers)
    {
        var random = new Random(Seed + 1);
        var events = new List<(int, bool)>();
        if (name == "roll")
        {
            for (var i = 0; i < Math.Min(10, workers); i++)
                events.AddRange([(i, false), (i, true)]);
        }
        else if (name == "churn")
        {
            var away = new List<int>();
            for (var i = 0; i < 30; i++)
            {
                var comes = away.Count > 0 && random.Next(2) == 0;
                var worker = comes ? away[random.Next(away.Count)] : random.Next(workers);
                if (!comes && away.Contains(worker))
                    continue;
                if (comes)
                    away.Remove(worker);
                else
                    away.Add(worker);
                events.Add((worker, comes));
            }
        }

        return events;
    }

    private static State Level(int workers, int streams) =>
        new(Same(workers, streams), All(workers), [.. Enumerable.Range(0, streams).Select(s => s % workers)], null);

    private static State Cold(int workers, int streams) => Level(workers, streams).With([.. Enumerable.Repeat(-1, streams)]);

    private static State Join(int workers, int streams) =>
        Level(workers, streams).With([.. Enumerable.Range(0, streams).Select(s => s % (workers - 1))]);

    private static State Die(int workers, int streams, int lost)
    {
        var level = Level(workers, streams);
        for (var w = 0; w < lost; w++)
            level.Live[w * 7 % workers] = false;
        return level;
    }

    private static State Hetero(int workers, int streams)
    {
        var level = Level(workers, streams);
        var each = 2.0 * streams / workers;
        return level with { Capacity = [.. Enumerable.Range(0, workers).Select(w => each * (1 << w % 3))] };
    }

    private static State Zipf(Random random, int workers, int streams) =>
        Level(workers, streams) with { Weight = ZipfWeights(random, streams), Capacity = Same(workers, 4 * streams) };

    private static State ZipfJoin(Random random, int workers, int streams)
    {
        var weights = ZipfWeights(random, streams);
        var owner = new int[streams];
        var queue = new PriorityQueue<int, (double, int)>(Enumerable.Range(0, workers - 1).Select(w => (w, (0.0, w))));
        foreach (var s in Enumerable.Range(0, streams).OrderByDescending(s => weights[s]).ThenBy(s => s))
        {
            queue.TryDequeue(out var w, out var load);
            owner[s] = w;
            queue.Enqueue(w, (load.Item1 + weights[s], w));
        }

        return new State(Same(workers, 4 * streams), All(workers), owner, weights);
    }

    /// <summary>Whole weights 1 to 40, each k with probability proportional to k^-1.2.</summary>
    private static double[] ZipfWeights(Random random, int streams)
    {
        var sums = new double[HeaviestWeight];
        for (var k = 1; k <= HeaviestWeight; k++)
            sums[k - 1] = (k > 1 ? sums[k - 2] : 0) + Math.Pow(k, -ZipfExponent);
        var weights = new double[streams];
        for (var s = 0; s < streams; s++)
        {
            var place = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
            weights[s] = 1 + Math.Min(HeaviestWeight - 1, place < 0 ? ~place : place);
        }

        return weights;
    }

    private static double[] Same(int workers, int streams) => [.. Enumerable.Repeat(Math.Ceiling(1.5 * streams / workers), workers)];

    private static bool[] All(int workers) => [.. Enumerable.Repeat(true, workers)];
}
