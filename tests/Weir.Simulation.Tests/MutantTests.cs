using System.Collections.Concurrent;
using System.Diagnostics;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Mutants;
using Weir.Simulation.Tests.Runs;
using Weir.Testing.Traits;

namespace Weir.Simulation.Tests;

[Simulation]
public sealed class MutantTests
{
    private const int SeedsMax = 300;
    private const int MedianMax = 50;
    private const int Wanted = 30;

    [Fact]
    [Slow]
    public void Mutants_EachPlantedDefect_IsFoundWithin300Seeds()
    {
        Assert.SkipUnless(MutantList.ArePlanted, "built on the shipped assembly, which has no mutants");
        var watch = Stopwatch.StartNew();
        var found = new ConcurrentDictionary<string, (int Seeds, string Violation)>(StringComparer.Ordinal);

        Parallel.ForEach(MutantList.All, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, mutant =>
        {
            var (seeds, violation) = found[mutant] = Hunt(mutant);
            Console.WriteLine($"[mutants] {seeds,4} seeds  {mutant}: {violation}");
        });

        var bySeeds = found.OrderBy(f => f.Value.Seeds).ToArray();
        var median = bySeeds[bySeeds.Length / 2].Value.Seeds;
        var survivors = bySeeds.Where(f => f.Value.Seeds > SeedsMax).Select(f => f.Key).ToArray();
        Console.WriteLine($"[mutants] {bySeeds.Length - survivors.Length} of {bySeeds.Length} killed, median {median} seeds, in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Empty(survivors);
        Assert.True(bySeeds.Length >= Wanted, $"{bySeeds.Length} mutants");
        Assert.True(median <= MedianMax, $"median {median} seeds");
    }

    // Every seed is run as a storm, and as one of the calm scenarios that have a bound. What an honest run breaks too is no kill.
    private static (int Seeds, string Violation) Hunt(string mutant)
    {
        for (var i = 1; i <= SeedsMax; i++)
        {
            var seed = Campaign.SeedBase + (ulong)i;
            if (Storm(seed, mutant) is { } storm && Storm(seed, mutant: null) is null)
                return (i, storm);
            var scenario = Scenarios.All[i % Scenarios.All.Length];
            if (Scenarios.Run(scenario, seed, mutant) is { } broken && Scenarios.Run(scenario, seed, mutant: null) is null)
                return (i, broken);
        }
        return (SeedsMax + 1, "SURVIVED");
    }

    private static string? Storm(ulong seed, string? mutant) => SimulationRun.Execute(Shape.Of(seed) with { Safety = 12 * Span.Minute }, mutant).Violation;
}
