using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Runs;
using Weir.Testing.Traits;

namespace Weir.Simulation.Tests;

[Simulation]
public sealed class DeterminismTests
{
    private const int Seeds = 50;

    [Fact]
    [Slow]
    public void Run_SameSeedTwice_GivesTheSameTrace()
    {
        var differing = Enumerable.Range(1, Seeds)
            .Select(i => Campaign.SeedBase + (ulong)i)
            .Where(seed => Trace(seed) != Trace(seed))
            .ToArray();

        Assert.Empty(differing);
    }

    [Fact]
    public void Run_OtherSeed_GivesAnotherTrace()
    {
        var traces = Enumerable.Range(1, 5).Select(i => Trace(Campaign.SeedBase + (ulong)i)).Distinct().Count();

        Assert.Equal(5, traces);
    }

    private static (ulong Trace, long Events) Trace(ulong seed)
    {
        var result = SimulationRun.Execute(Shape.Of(seed) with { Safety = 3 * Span.Minute });
        return (result.Trace, result.Events);
    }
}
