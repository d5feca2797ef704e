using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Assignments;
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
