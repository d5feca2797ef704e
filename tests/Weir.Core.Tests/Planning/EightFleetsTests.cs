using Weir.Core.Balance;
using Weir.Core.Planning;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Planning;

/// <summary>The original system's six load scenarios and two at scale: each start is levelled to its wanted score with the minimum of moves.</summary>
[Unit]
public sealed class EightFleetsTests
{
    public static TheoryData<string, int[], int, double> Scenarios => new()
    {
        { "baseline_balanced_load", Same(5, 25), 100, .90 },
        { "high_load_stress_test", Same(10, 60), 500, .80 },
        { "instance_failure_recovery", Same(8, 30), 200, .70 },
        { "capacity_variation_test", [10, 20, 30, 40, 50, 60], 150, .75 },
        { "extreme_imbalance_recovery", Same(4, 40), 120, .60 },
        { "rapid_scaling_test", Same(15, 25), 300, .85 },
        { "scale_100x1000", Same(100, 15), 1000, .80 },
        { "scale_1000x100000", Same(1000, 120), 100_000, .80 },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    [Seed("planner.rebalance-plan-generation")]
    [Seed("benchmark.balance-score")]
    public void Plan_AnyStart_ReachesTheWantedScoreWithTheFewestMovesAndNobodyOverfilled(string name, int[] capacities, int streams, double wanted)
    {
        for (var seed = 0; seed < (streams > 10_000 ? 2 : 50); seed++)
        {
            var fleet = Start(new Random(seed), capacities, streams);
            var snapshot = fleet.Build().Snapshot;

            var plan = Planner.Plan(snapshot, new Policy());

            var counts = UnitLawsTests.Counts(fleet, plan);
            Assert.True(plan.Certificate.ScoreAfter >= wanted, $"{name}, seed {seed}: score {plan.Certificate.ScoreAfter}");
            Assert.True(plan.Certificate.TargetScoreAfter >= wanted, $"{name}, seed {seed}: target score {plan.Certificate.TargetScoreAfter}");
            Assert.Equal(plan.Certificate.MovesLowerBound, plan.Moves.Count);
            Assert.Equal(streams, counts.Sum());
            Assert.All(counts, (n, w) => Assert.True(n <= capacities[w], $"{name}, seed {seed}: worker {w} holds {n} of {capacities[w]}"));
            var mean = streams / (double)capacities.Sum();
            Assert.All(counts, (n, w) => Assert.True(Math.Abs(n - mean * capacities[w]) <= 1, $"{name}, seed {seed}: worker {w} holds {n}, its share is {mean * capacities[w]}"));
        }
    }

    [Fact]
    public void Plan_HotWorker_ShedsOnlyItsExcess()
    {
        StreamSpec[] streams = [.. Enumerable.Repeat(new StreamSpec(0), 24), .. Enumerable.Repeat(new StreamSpec(1), 18), .. Enumerable.Repeat(new StreamSpec(2), 18)];
        var fleet = new FleetSpec([.. Enumerable.Repeat(new WorkerSpec(25), 3)], streams);

        var plan = Planner.Plan(fleet.Build().Snapshot, new Policy());

        Assert.Equal(4, plan.Moves.Count);
        Assert.All(plan.Moves, move => Assert.Equal(0, move.From));
    }

    [Fact]
    public void Plan_DegradedWorker_GivesUpToItsPerformanceAndSaysSo()
    {
        StreamSpec[] streams = [.. Enumerable.Range(0, 30).Select(s => new StreamSpec(s % 3))];
        var fleet = new FleetSpec([new(25), new(25), new(25, Performance: 0.5)], streams);

        var plan = Planner.Plan(fleet.Build().Snapshot, new Policy());

        Assert.Equal([12, 12, 6], UnitLawsTests.Counts(fleet, plan));
        Assert.All(plan.Moves, move => Assert.Equal((MoveReason.PerformanceDegraded, 84), (move.Reason, move.Priority)));
        Assert.Equal(1, plan.Certificate.TargetScoreAfter, 1e-12);
        Assert.True(plan.Certificate.ScoreAfter < 1);
        Assert.Equal(BalanceScore.Of([12 / 25.0, 12 / 25.0, 6 / 25.0]), plan.Certificate.ScoreAfter, 1e-12);
    }

    /// <summary>The first worker at 90 % of its capacity, the second at 10 %, the others random up to half; the rest without an owner.</summary>
    private static FleetSpec Start(Random random, int[] capacities, int streams)
    {
        var owners = new List<int>();
        for (var w = 0; w < capacities.Length; w++)
        {
            var part = w switch { 0 => 0.9, 1 => 0.1, _ => random.NextDouble() / 2 };
            owners.AddRange(Enumerable.Repeat(w, (int)(part * capacities[w])));
        }

        while (owners.Count < streams)
            owners.Add(-1);
        return new FleetSpec([.. capacities.Select(c => new WorkerSpec(c))], [.. owners.Take(streams).Select(o => new StreamSpec(o))]);
    }

    private static int[] Same(int workers, int capacity) => [.. Enumerable.Repeat(capacity, workers)];
}
