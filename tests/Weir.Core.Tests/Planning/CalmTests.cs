using Weir.Core.Balance;
using Weir.Core.Planning;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Planning;

/// <summary>What a loop needs: that it ends, that noise moves nothing, that limits hold. I4 and the constraints one by one.</summary>
[Unit]
public sealed class CalmTests
{
    private static readonly Policy Loop = new() { Levelling = Levelling.OutsideOuterBand, Band = 0.05, OuterBand = 0.10 };

    [Fact]
    public void Plan_AThousandCyclesWithMildNoise_MoveOnlyInTheFirst()
    {
        var random = new Random(7);
        var streams = Enumerable.Range(0, 600).Select(s => new StreamSpec(s % 7, 1 + random.Next(9))).ToArray();
        var fleet = new FleetSpec([.. Enumerable.Repeat(new WorkerSpec(400), 10)], streams);
        var planned = Planner.Plan(fleet.Build().Snapshot, Loop);
        var owners = fleet.Build().Snapshot.After(planned).OwnerOf.ToArray();
        Assert.NotEmpty(planned.Moves);

        for (var cycle = 0; cycle < 1000; cycle++)
        {
            var noisy = fleet with { Streams = [.. streams.Select((s, i) => s with { Owner = owners[i], Weight = s.Weight * (0.96 + 0.08 * random.NextDouble()) })] };
            Assert.Empty(Planner.Plan(noisy.Build().Snapshot, Loop).Moves);
        }
    }

    [Fact]
    public void Plan_InsideTheOuterBand_IsCalmUnlessAPersonAsks()
    {
        StreamSpec[] streams = [.. Enumerable.Repeat(new StreamSpec(0), 52), .. Enumerable.Repeat(new StreamSpec(1), 48)];
        var snapshot = new FleetSpec([new(100), new(100)], streams).Build().Snapshot;

        Assert.True(Planner.Plan(snapshot, Loop) is { Moves.Count: 0, Report.Calm: true });
        Assert.Equal(2, Planner.Plan(snapshot, Loop with { Levelling = Levelling.Always }).Moves.Count);
        Assert.Equal(2, Planner.Plan(snapshot, Loop with { Band = 0, OuterBand = 0.03 }).Moves.Count);
        Assert.Empty(Planner.Plan(snapshot, Loop with { Levelling = Levelling.Never, OuterBand = 0.05 }).Moves);
    }

    [Fact]
    public void Plan_TriggerOfTheOriginalSystem_OpensTheGateToo()
    {
        StreamSpec[] streams = [.. Enumerable.Repeat(new StreamSpec(0), 53), .. Enumerable.Repeat(new StreamSpec(1), 47)];
        var snapshot = new FleetSpec([new(100), new(100)], streams).Build().Snapshot;

        Assert.Empty(Planner.Plan(snapshot, Loop).Moves);
        Assert.Equal(3, Planner.Plan(snapshot, Loop with { Trigger = new ImbalanceRule() }).Moves.Count);
    }

    [Fact]
    public void Plan_DrainingWorker_IsEmptiedFirstAndEvenWhenCalm()
    {
        var streams = Enumerable.Range(0, 30).Select(s => new StreamSpec(s % 3, MovedSecondsAgo: 1)).ToArray();
        var fleet = new FleetSpec([new(25), new(25), new(25, WorkerState.Draining)], streams);

        var plan = Planner.Plan(fleet.Build().Snapshot, Loop with { Levelling = Levelling.Never, CoolDownSeconds = 60 });

        Assert.Equal([15, 15, 0], UnitLawsTests.Counts(fleet, plan));
        Assert.All(plan.Moves, move => Assert.Equal(MoveReason.WorkerDraining, move.Reason));
    }

    [Fact]
    public void Plan_CordonedWorker_TakesNothingAndKeepsItsShare()
    {
        StreamSpec[] streams = [.. Enumerable.Repeat(new StreamSpec(1), 4), .. Enumerable.Repeat(new StreamSpec(-1), 20)];
        var fleet = new FleetSpec([new(25), new(25, WorkerState.Cordoned)], streams);

        Assert.Equal([20, 4], UnitLawsTests.Counts(fleet, Planner.Plan(fleet.Build().Snapshot, new Policy())));
    }

    [Fact]
    public void Plan_CoolingStreams_StayAndTheReportSaysWhy()
    {
        var streams = Enumerable.Range(0, 10).Select(s => new StreamSpec(0, MovedSecondsAgo: s < 8 ? 59.9 : 60)).ToArray();
        var snapshot = new FleetSpec([new(25), new(25)], streams).Build().Snapshot;

        var plan = Planner.Plan(snapshot, new Policy { CoolDownSeconds = 60 });

        Assert.Equal([8, 9], plan.Moves.Select(m => m.Stream).Order());
        Assert.Equal(8, plan.Report.Delays.Count(d => d.Reason == DelayReason.CoolingDown));
    }

    [Fact]
    public void Plan_BudgetCutsMoves_AndNamesEachThatWaits()
    {
        var snapshot = new FleetSpec([new(25), new(25)], [.. Enumerable.Repeat(new StreamSpec(0), 20)]).Build().Snapshot;

        var plan = Planner.Plan(snapshot, new Policy { MovesMax = 3 });

        Assert.Equal(3, plan.Moves.Count);
        Assert.Equal(3, plan.Certificate.MovesLowerBound);
        Assert.Equal(7, plan.Report.Delays.Count(d => d.Reason == DelayReason.Budget));
    }

    [Fact]
    public void Plan_InFlightStream_CountsOnItsTargetAndStaysThere()
    {
        StreamSpec[] streams = [.. Enumerable.Repeat(new StreamSpec(0, InFlight: true), 10), .. Enumerable.Repeat(new StreamSpec(1), 10)];
        var snapshot = new FleetSpec([new(25), new(25), new(25)], streams).Build().Snapshot;

        var plan = Planner.Plan(snapshot, new Policy());

        Assert.All(plan.Moves, move => Assert.Equal(1, move.From));
    }
}
