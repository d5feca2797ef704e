using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Contracts.Planning;
using Weir.Orchestrator.Planning;
using Weir.Orchestrator.Tests.Stage;
using Weir.Persistence.Rows;
using Weir.Testing.Traits;

namespace Weir.Orchestrator.Tests;

/// <summary>A request for a plan waits in its row until a plan names it, and is gone with that plan.</summary>
[Unit]
public sealed class RequestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_MoreThanOnePlanNames_AreNamedByTheNext_EachOnce()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Given.StreamsAsync(["s1"]);
        await bench.Given.WorkerAsync("w1", "p1");
        var asked = Enumerable.Range(1, 20).Select(number => $"k{number:00}").ToList();
        foreach (var key in asked) await bench.SendAsync("requests", new RequestRebalance(key, Given.Pool));
        var loop = bench.Services.GetRequiredService<PlannerLoop>();

        for (var look = 0; look < 4; look++) await loop.LookAsync(Cancel);

        var named = (await bench.Given.PlansAsync()).Select(Named).Where(keys => keys.Count > 0).ToList();
        Assert.Equal([16, 4], named.Select(keys => keys.Count));
        Assert.Equal(asked, named.SelectMany(keys => keys).Order(StringComparer.Ordinal));
        Assert.Empty(await WaitingAsync(bench));
        Assert.Equal(asked, Told(bench).SelectMany(plan => plan.Requests ?? []).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Request_OfAPoolThatIsNotThereYet_WaitsForItsFirstPlan()
    {
        await using var bench = await Bench.StartAsync();
        var loop = bench.Services.GetRequiredService<PlannerLoop>();
        await bench.SendAsync("requests", new RequestRebalance("early", "later"));
        await loop.LookAsync(Cancel);
        var before = await WaitingAsync(bench);

        await bench.Given.StreamsAsync(["s1"], pool: "later");
        await bench.Given.WorkerAsync("w1", "p1", pool: "later");
        await loop.LookAsync(Cancel);

        Assert.Equal(["early"], before);
        Assert.Empty(await WaitingAsync(bench));
        Assert.Contains(Told(bench), plan => plan is { Pool: "later", Requests: ["early"], Placements: 1 });
    }

    [Fact]
    public async Task Request_WhileTheTurnIsAnothers_IsLeftToThatOne()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Given.WorkerAsync("w1", "p1");
        var until = await bench.NowAsync() + TimeSpan.FromSeconds(50);
        await bench.Given.RunAsync(db => db.PlannerTurns.Add(new StoredPlannerTurn { Pool = Given.Pool, Holder = "another", Until = until }));
        await bench.SendAsync("requests", new RequestRebalance("k1", Given.Pool));

        await bench.Services.GetRequiredService<PlannerLoop>().LookAsync(Cancel);

        Assert.Equal(["k1"], await WaitingAsync(bench));
        Assert.Empty(await bench.Given.PlansAsync());
    }

    private static Task<List<string>> WaitingAsync(Bench bench) => bench.Given.ReadAsync(db => db.Rebalances.Select(row => row.Key).ToListAsync(Cancel));

    private static IEnumerable<PlanApplied> Told(Bench bench) => bench.Harness.Published.Select<PlanApplied>(Cancel).Select(told => told.Context.Message);

    private static List<string> Named(StoredPlan plan) =>
        [.. JsonDocument.Parse(plan.Report).RootElement.GetProperty("requests").EnumerateArray().Select(key => key.GetString()!)];
}
