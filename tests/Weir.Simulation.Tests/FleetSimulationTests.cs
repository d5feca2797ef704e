using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Runs;
using Weir.Testing.Traits;

namespace Weir.Simulation.Tests;

[Simulation]
public sealed class FleetSimulationTests(ITestOutputHelper output)
{
    private const double HoursWanted = 200;
    private const int SeedsWanted = 260;
    private const long FaultsWanted = 500_000;

    [Fact]
    [Slow]
    public void Campaign_MixedFleetsUnderAllFaults_HoldEveryInvariantAndSettle()
    {
        var hours = double.TryParse(Environment.GetEnvironmentVariable("WEIR_SIM_HOURS"), out var wanted) ? wanted : HoursWanted;
        var seeds = (int)Math.Ceiling(hours / HoursWanted * SeedsWanted);

        var campaign = Campaign.Of(Enumerable.Range(1, seeds).Select(i => Campaign.SeedBase + (ulong)i), Shape.Of);

        campaign.Print(Console.Out, inFull: true);
        Assert.Empty(campaign.Failed);
        Assert.Empty(campaign.FaultsNeverInjected);
        Assert.Empty(campaign.BranchesNeverTaken);
        Assert.True(campaign.VirtualHours >= hours, $"{campaign.VirtualHours:0.0} virtual hours of {hours}");
        Assert.True(campaign.Faults >= FaultsWanted * hours / HoursWanted, $"{campaign.Faults:N0} faults");
    }

    [Fact]
    public void Replay_OneSeed_HoldsEveryInvariant()
    {
        var given = Environment.GetEnvironmentVariable("WEIR_SIM_SEED");
        var seed = ulong.TryParse(given, out var wanted) ? wanted : Campaign.SeedBase + 1;
        var log = Environment.GetEnvironmentVariable("WEIR_SIM_LOG") is { Length: > 0 } path ? new StreamWriter(path) : null;

        var result = SimulationRun.Execute(Shape.Of(seed) with { Safety = given is null ? 5 * Span.Minute : Shape.Of(seed).Safety }, Environment.GetEnvironmentVariable("WEIR_SIM_MUTANT"), log is null ? null : log.WriteLine);

        log?.Dispose();
        output.WriteLine($"seed {seed}: trace {result.Trace:x16}, {result.Events:N0} events");
        Assert.True(result.Held, result.Violation);
    }
}
