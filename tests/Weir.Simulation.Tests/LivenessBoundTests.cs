using Weir.Simulation.Tests.Runs;
using Weir.Testing.Traits;

namespace Weir.Simulation.Tests;

[Simulation]
public sealed class LivenessBoundTests(ITestOutputHelper output)
{
    private const int Seeds = 100;

    public static TheoryData<int> Each => new(Enumerable.Range(0, Scenarios.All.Length));

    // WEIR_SIM_SCENARIO=index prints what happens in the first seed.
    private static Action<string>? LogOf(int i) =>
        i == 1 && Environment.GetEnvironmentVariable("WEIR_SIM_SCENARIO") is { Length: > 0 } ? Console.WriteLine : null;

    [Theory]
    [Slow]
    [MemberData(nameof(Each))]
    public void Bound_OneFaultInAFleetAtRest_HoldsOnEverySeed(int index)
    {
        var scenario = Scenarios.All[index];
        var took = new List<double>();
        var broken = new List<string>();

        for (var i = 1; i <= Seeds; i++)
            if (Scenarios.Run(scenario, Campaign.SeedBase + (ulong)i, mutant: null, rest => took.Add(rest.TotalSeconds), LogOf(i)) is { } found)
                broken.Add($"seed {Campaign.SeedBase + (ulong)i}: {found}");

        took.Sort();
        var line = $"{scenario.Id}, {scenario.What}: p50 {took[took.Count / 2]:0.00} s, p99 {took[took.Count * 99 / 100]:0.00} s, max {took[^1]:0.00} s of {scenario.GapMax.TotalSeconds:0.0} s";
        Console.WriteLine("[bounds] " + line);
        output.WriteLine(line);
        Assert.Empty(broken);
    }
}
