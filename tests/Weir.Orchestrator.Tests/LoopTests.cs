using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Orchestrator.Planning;
using Weir.Orchestrator.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Orchestrator.Tests;

/// <summary>One look of the loop on an SQLite file: what one process on a laptop has.</summary>
[Unit]
public sealed class LoopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_StreamsAndAWorker_ArePlacedInOneGo()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Given.StreamsAsync(Fleet.Names(3));
        var life = await bench.Given.WorkerAsync("w1", "p1");

        await bench.Services.GetRequiredService<PlannerLoop>().LookAsync(Cancel);

        Assert.All(await bench.Given.RowsAsync(), row => Assert.Equal((AssignmentState.Starting, life), (row.State, row.Incarnation)));
        Assert.Equal((3, 0), ((await bench.Given.PlansAsync()).Single().Placements, (await bench.Given.PlansAsync()).Single().Moves));
    }

    [Fact]
    public async Task Look_NobodyAnswered_AsksAgainAndAfterThreeTimesTakesItBack()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Given.StreamsAsync(["s1"]);
        var life = await bench.Given.WorkerAsync("w1", "p1");
        await bench.Given.RowAsync("s1", AssignmentState.Starting, 1, "w1", life, row => row.Asked = Asking.StartsMax);

        await bench.Services.GetRequiredService<PlannerLoop>().LookAsync(Cancel);

        Assert.Equal(AssignmentState.Releasing, (await bench.Given.RowOfAsync("s1")).State);
    }

    [Fact]
    public async Task Look_OnePoolsSettingsCannotBeUsed_TheOthersArePlannedAndItsHeldRowsAreAskedFor()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Given.SettingsAsync("""{"movesInFlight":0}""", "broken");
        await bench.Given.StreamsAsync(["b1"], pool: "broken");
        var life = await bench.Given.WorkerAsync("w1", "p1");
        await bench.Given.RowAsync("b1", AssignmentState.Releasing, 1, "w1", life, row => (row.Pool, row.Hold) = ("broken", StreamHold.Paused));
        await bench.Given.StreamsAsync(["s1"]);

        await bench.Services.GetRequiredService<PlannerLoop>().LookAsync(Cancel);

        Assert.Equal(AssignmentState.Starting, (await bench.Given.RowOfAsync("s1")).State);
        Assert.Equal((AssignmentState.Releasing, 1), ((await bench.Given.RowOfAsync("b1")).State, (await bench.Given.RowOfAsync("b1")).Asked));
    }

    [Fact]
    public async Task Look_TheTurnComesBack_LivesThatRegisteredMeanwhileAreTakenAsTheyAre()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
        await using var bench = await Bench.StartAsync(clock);
        var loop = bench.Services.GetRequiredService<PlannerLoop>();
        await bench.Given.StreamsAsync(["s1"]);
        await loop.LookAsync(Cancel);
        await bench.Given.RunAsync(db => db.PlannerTurns.ExecuteUpdateAsync(
            set => set.SetProperty(turn => turn.Holder, "another").SetProperty(turn => turn.Until, new DateTime(2999, 1, 1, 0, 0, 0, DateTimeKind.Utc)), Cancel));
        clock.Advance(TimeSpan.FromSeconds(3));
        await loop.LookAsync(Cancel);

        // What it listed when it registered is nothing; what it has run since was granted by the other.
        var life = await bench.Given.WorkerAsync("w1", "p1");
        await bench.Given.RunAsync(db => db.Assignments.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, AssignmentState.Owned).SetProperty(row => row.Worker, WorkerId.Parse("w1")).SetProperty(row => row.Incarnation, life), Cancel));
        await bench.Given.RunAsync(db => db.PlannerTurns.ExecuteDeleteAsync(Cancel));
        clock.Advance(TimeSpan.FromSeconds(3));
        await loop.LookAsync(Cancel);

        Assert.DoesNotContain(bench.Logs, said => said.StartsWith("306 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_AStreamIsPaused_ItIsTakenBackAndGivenToNobody()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Given.StreamsAsync(["s1"]);
        var life = await bench.Given.WorkerAsync("w1", "p1");
        await bench.Given.RowAsync("s1", AssignmentState.Owned, 1, "w1", life);
        await bench.Given.ChangeStreamAsync("s1", stream => stream.Hold = StreamHold.Paused);

        await bench.Services.GetRequiredService<PlannerLoop>().LookAsync(Cancel);

        var row = await bench.Given.RowOfAsync("s1");
        Assert.Equal((AssignmentState.Releasing, StreamHold.Paused), (row.State, row.Hold));
    }
}
