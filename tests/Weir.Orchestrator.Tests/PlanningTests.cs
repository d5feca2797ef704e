using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Weir.Contracts;
using Weir.Contracts.Migrations;
using Weir.Contracts.Planning;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Orchestrator.Tests.Stage;
using Weir.Persistence.Resilience;
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Orchestrator.Tests;

/// <summary>What a plan takes into account, and in what messages it goes out, on real servers.</summary>
[Integration]
[Slow]
public sealed class PlanningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Seed("balancing.load-balancing-trigger-mechanisms")]
    public async Task RequestRebalance_TheBandHolds_APlanIsMadeAllTheSameAndNamesTheRequest()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 2);
        await using var facts = await RawFacts.StartAsync(servers.Broker);
        await fleet.Given.SettingsAsync("""{"outerBand":0.5,"settleMs":0}""");
        await fleet.Given.StreamsAsync(Fleet.Names(40));
        await fleet.AllOwnedAsync(40);
        foreach (var row in (await fleet.Given.RowsAsync()).Where(row => row.Worker!.Value.Value == "w1").Take(4))
            await fleet.Given.ChangeStreamAsync(row.Stream.Value, stream => (stream.Hold, stream.WithdrawnAt) = (StreamHold.Withdrawn, DateTime.UnixEpoch.AddYears(80)));
        await Eventually.TrueAsync("four to be gone", async _ => (await fleet.Given.RowsAsync()).Count(row => row.State == AssignmentState.Owned) == 36, Replica.Bound, Cancel);
        var plans = (await fleet.Given.PlansAsync()).Count;

        await fleet.Worker("w1").SayAsync("weir.orchestrator.requests", new RequestRebalance("asked-1", Given.Pool, "me"));
        var first = await facts.FirstAsync<PlanApplied>(plan => plan.Requests?.Contains("asked-1", StringComparer.Ordinal) == true);
        var begun = await facts.FirstAsync<MigrationsStarted>(moves => moves.Version == first.Version);
        await Eventually.TrueAsync("18 on each", _ => Task.FromResult(fleet.Workers.All(worker => worker.Running.Count == 18)), Replica.Bound, Cancel);
        await fleet.Worker("w1").SayAsync("weir.orchestrator.requests", new RequestRebalance("asked-2", Given.Pool, "me"));
        var second = await facts.FirstAsync<PlanApplied>(plan => plan.Requests?.Contains("asked-2", StringComparer.Ordinal) == true);

        Assert.Equal((2, 2, 0), (first.Moves, first.LeastMoves, first.Placements));
        Assert.Equal((0, 0), (second.Moves, second.Placements));
        Assert.Equal((Given.Pool, 1, 1), (begun.Pool, begun.Part, begun.Parts));
        Assert.Equal(
            (await fleet.Given.MigrationsAsync()).Select(move => (move.CorrelationId, move.Stream.Value, move.SourceEpoch.Value, "w2", "w1", move.Reason)).Order(),
            begun.Migrations.Select(move => (move.MigrationId, move.StreamId, move.Epoch, move.FromWorkerId, move.ToWorkerId, (string?)move.Reason)).Order());
        Assert.Equal(second.LoadMaxBound, second.LoadMax, 9);
        var made = await fleet.Given.PlansAsync();
        Assert.Equal(plans + 2, made.Count);
        Assert.Contains("asked-2", made[^1].Report, StringComparison.Ordinal);
    }

    [Fact]
    [Seed("1.3")]
    public async Task Loads_ThatHandlersReport_AreTheWeightsOfTheNextPlan()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 2);
        await fleet.Given.SettingsAsync("""{"settleMs":0}""");
        await fleet.Given.StreamsAsync(Fleet.Names(8));
        await fleet.AllOwnedAsync(8);
        var before = (await fleet.Given.MigrationsAsync()).Count;

        // All that w1 has turns out to take three units; what w2 has takes the one that was declared.
        var heavy = fleet.Worker("w1").Running.Keys.ToHashSet(StringComparer.Ordinal);
        await ReportAsync(fleet, "w1", load: 3);
        await Eventually.TrueAsync(
            "both workers to carry eight units",
            _ => Task.FromResult(fleet.Workers.All(worker => worker.Running.Keys.Sum(stream => heavy.Contains(stream) ? 3 : 1) == 8)),
            Replica.Bound, Cancel);
        await fleet.AllOwnedAsync(8);

        Assert.Equal(0, before);
        Assert.NotEmpty(await fleet.Given.MigrationsInAsync(Weir.Core.Sagas.MigrationState.Completed));
    }

    [Fact]
    public async Task Pins_AreObeyed_AndOneToAnUnknownWorkerWaitsAndIsSaid()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 2);
        await fleet.Given.RunAsync(db => db.Streams.AddRange(
            Fleet.Names(6).Select(name => new StoredStream { Stream = StreamId.Parse(name), Pool = Given.Pool, Kind = "ticker", PinnedTo = name switch { "s006" => WorkerId.Parse("w9"), _ => WorkerId.Parse("w2") } })));
        await Eventually.TrueAsync("five streams on the worker they are pinned to", _ => Task.FromResult(fleet.Worker("w2").Running.Count == 5), Replica.Bound, Cancel);

        var waits = await fleet.Given.RowOfAsync("s006");
        var report = JsonDocument.Parse((await fleet.Given.PlansAsync())[^1].Report).RootElement;
        await fleet.JoinAsync("w9");
        await fleet.AllOwnedAsync(6);

        Assert.Equal(AssignmentState.Unowned, waits.State);
        Assert.Equal(1, report.GetProperty("pinnedAway").GetInt32());
        var said = report.GetProperty("waitForTheirWorker")[0];
        Assert.Equal(("s006", "w9", false, "PinnedWorkerUnavailable"), (said.GetProperty("stream").GetString(), said.GetProperty("worker").GetString(), said.GetProperty("hasOwner").GetBoolean(), said.GetProperty("reason").GetString()));
        Assert.Equal(["s006"], fleet.Worker("w9").Running.Keys);
        Assert.Empty(fleet.Worker("w1").Running);
    }

    [Fact]
    public async Task Messages_OfAPlanOfLargeStreams_AreCutAtTwoHundredStreamsAnd128KB()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 1);
        await using var facts = await RawFacts.StartAsync(servers.Broker);

        // The longest ids and kinds there may be, with a definition that grows sixfold in a message; and as many that have none.
        await fleet.Given.RunAsync(db => db.Streams.AddRange(Enumerable.Range(1, 600).Select(number => new StoredStream
        {
            Stream = StreamId.Parse($"{number:000}-{new string('x', 124)}"),
            Pool = Given.Pool,
            Kind = new string('語', 64),
            Payload = number <= 60 ? $$"""{"{{new string('ж', 1000)}}":"{{new string('<', 2000)}}"}""" : number <= 300 ? $$"""{"{{new string('a', 240)}}":1}""" : null,
        })));
        await fleet.AllOwnedAsync(600);
        await fleet.Given.ChangeWorkerAsync("w1", worker => worker.Draining = true);
        await fleet.JoinAsync("w2");
        await Eventually.TrueAsync("all to have moved", _ => Task.FromResult(fleet.Worker("w2").Running.Count == 600), Patience.Seconds(60), Cancel);

        var sizes = fleet.Workers.SelectMany(worker => worker.Sizes).ToList();
        Assert.All(sizes, size => Assert.InRange(size.Bytes, 1, MessageLimits.SentBytesMax));
        Assert.All(sizes, size => Assert.InRange(size.Streams, 0, MessageLimits.StreamsMax));
        Assert.All(facts.Heard, fact => Assert.InRange(fact.Bytes, 1, MessageLimits.SentBytesMax));
        Assert.Equal(600, facts.Heard.Where(fact => fact.Name == nameof(MigrationsStarted)).Sum(fact => fact.Body.GetProperty("migrations").GetArrayLength()));
        Assert.True(sizes.Max(size => size.Bytes) > MessageLimits.SentBytesMax / 2, "no message was large enough to show anything");
        Assert.True(sizes.Max(size => size.Streams) > 100, "no message held enough streams to show anything");
    }

    private static Task<int> ReportAsync(Fleet fleet, string worker, double load) => fleet.Replica.Services.GetRequiredService<DatabaseResilience>().RunAsync(
        "test.report",
        async (unit, token) => await unit.Services.GetRequiredService<ReportStore>().WriteAsync(
            fleet.Worker(worker).Running.Select(one => new StreamWord(StreamId.Parse(one.Key), fleet.Incarnation(worker), new Epoch(one.Value), load, null)), token),
        Cancel);
}
