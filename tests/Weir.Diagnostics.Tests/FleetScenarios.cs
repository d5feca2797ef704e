using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Tests.Stage;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;
using Weir.Worker;

namespace Weir.Diagnostics.Tests;

/// <summary>A living fleet, worked by nothing but the API: declared, levelled, drained, explained.</summary>
[Integration]
[Slow]
public abstract class FleetScenarios
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract Task<ApiHost> StartAsync();

    private protected abstract IWeirWorkerBuilder Join(IWeirWorkerBuilder worker, ApiHost api);

    [Fact]
    public async Task Fleet_When_it_is_worked_by_the_API_alone_Then_every_move_is_told_and_explained()
    {
        await using var api = await StartAsync();
        using var http = await api.OperatorAsync();
        using var events = await EventClient.OpenAsync(api.Http, null, Cancel);
        var first = await WorkerAsync(api, "w1");
        var second = await WorkerAsync(api, "w2");
        await UntilAsync(http, "both workers", status => status.Workers.Live == 2);

        var declare = Enumerable.Range(1, 10).Select(at => new BatchEntry { Id = $"s{at:00}", Kind = "idle" }).ToList();
        await http.DoAsync<CatalogueOutcome>(HttpMethod.Post, ApiRoutes.StreamsBatch, HttpStatusCode.OK, new StreamBatch { Declare = declare });
        await UntilAsync(http, "ten to run", status => status.Streams.Running == 10);
        // One that was slow to start was placed anew, and the fleet is then as level as it need be; whoever asks gets it level.
        await http.DoAsync<Accepted>(HttpMethod.Post, $"{ApiRoutes.Rebalance}?dryRun=false", HttpStatusCode.Accepted);
        await UntilAsync(http, "all to be level", status => status is { Streams.Running: 10, Balance: { Score: 1, Spread: 0 } });
        var placed = await Eventually.GetAsync("one that was placed to be explained", _ => PlacedAsync(http, declare), Bound, Cancel);
        Assert.Equal(placed.Plan!.Id, placed.Owners[0].Plan);
        Assert.True(placed.IfWorkerLeft == (placed.Stream.Worker == "w1" ? "w2" : "w1"), System.Text.Json.JsonSerializer.Serialize(placed, ApiJson.Options));
        await events.NextAsync("StreamsRunning", _ => true, Cancel);

        await http.DoAsync<Accepted>(HttpMethod.Post, ApiRoutes.With(ApiRoutes.WorkerDrain, "w1"), HttpStatusCode.Accepted);
        await UntilAsync(http, "w2 to have all", status => status is { Streams.Running: 10, Workers.Draining: 1 });
        await Eventually.TrueAsync("w1 to be empty", async _ => (await http.GetAsync<WorkerDetail>(ApiRoutes.With(ApiRoutes.Worker, "w1"))).Streams == 0, Bound, Cancel);
        // What was slow to start may have been moved before, to be level.
        var moves = await Eventually.GetAsync(
            "five moves of the drain to be told as completed",
            async _ => (await http.GetAsync<Page<MigrationSummary>>($"{ApiRoutes.Migrations}?state=completed&worker=w1")).Items.Where(move => move.Reason == "workerDraining").ToList() is { Count: 5 } drained ? drained : null,
            Bound,
            Cancel);
        var moved = await ExplainedAsync(http, moves[0].Stream, told => told.Reason == "workerDraining" && told.Owners.Count >= 2);
        Assert.Equal([("w2", "workerDraining"), ("w1", moved.Owners[1].Reason)], moved.Owners.Take(2).Select(owner => (owner.Worker, owner.Reason)));
        Assert.True(moved.Plan!.Moves > 0);
        Assert.NotNull(moved.Owners[1].EndedAt);
        await events.NextAsync("MigrationCompleted", _ => true, Cancel);

        await http.DoAsync<Accepted>(HttpMethod.Post, ApiRoutes.With(ApiRoutes.StreamPause, "s01"), HttpStatusCode.Accepted);
        await UntilAsync(http, "s01 to be paused", status => status is { Streams.Running: 9, Streams.Paused: 1 });
        var paused = await ExplainedAsync(http, "s01", told => told is { Reason: "paused", Stream.Worker: null, Owners: [{ End: not null }, ..] });
        Assert.Equal("paused", paused.Owners[0].End);
        await StopAsync(first);
        await StopAsync(second);
    }

    [Fact]
    public async Task Fenced_stream_When_its_handler_never_claims_Then_it_is_explained_as_not_started()
    {
        await using var api = await StartAsync();
        using var http = await api.OperatorAsync();
        var worker = await WorkerAsync(api, "w1");
        await UntilAsync(http, "the worker", status => status.Workers.Live == 1);

        await http.DoAsync<CatalogueOutcome>(
            HttpMethod.Post, ApiRoutes.StreamsBatch, HttpStatusCode.OK, new StreamBatch { Declare = [new BatchEntry { Id = "s1", Kind = "heedless", Class = "fenced" }] });

        await ExplainedAsync(http, "s1", told => told.Stream.Ownership == "starting" && told.Words.Contains("claimed its sink", StringComparison.Ordinal));
        var again = await ExplainedAsync(http, "s1", told => told.Reason == "notStarted");
        Assert.Contains("taken back unstarted", again.Words, StringComparison.Ordinal);
        // The other scenario has the same tables, and counts their streams.
        await http.DoAsync<CatalogueOutcome>(HttpMethod.Delete, ApiRoutes.With(ApiRoutes.Stream, "s1"), HttpStatusCode.OK);
        await UntilAsync(http, "its stream to be gone", status => status.Streams.Starting == 0);
        await StopAsync(worker);
    }

    private static async Task UntilAsync(HttpClient http, string what, Func<FleetStatus, bool> fits)
    {
        FleetStatus? last = null;
        try
        {
            await Eventually.TrueAsync(what, async _ => fits(last = await http.GetAsync<FleetStatus>(ApiRoutes.Status)), Bound, Cancel);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} It is {last}", late);
        }
    }

    private static async Task<StreamExplanation?> PlacedAsync(HttpClient http, IEnumerable<BatchEntry> among)
    {
        foreach (var one in among)
            if (await http.GetAsync<StreamExplanation>(ApiRoutes.With(ApiRoutes.StreamExplain, one.Id!)) is { Reason: "placed", Plan: not null, Since: not null, Owners.Count: > 0 } placed) return placed;
        return null;
    }

    // Who has had a stream is written down a moment after it is so.
    private static Task<StreamExplanation> ExplainedAsync(HttpClient http, string stream, Func<StreamExplanation, bool> fits) => Eventually.GetAsync(
        $"{stream} to be explained", async _ => await http.GetAsync<StreamExplanation>(ApiRoutes.With(ApiRoutes.StreamExplain, stream)) is { } told && fits(told) ? told : null, Bound, Cancel);

    private async Task<IHost> WorkerAsync(ApiHost api, string id)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Join(builder.Services.AddWeirWorker(options => (options.WorkerId, options.Capacity, options.DataDirectory) = (id, 20, Path.Combine(api.Folder, id))), api).HandleStreams<IdleHandler>("idle").HandleStreams<HeedlessHandler>("heedless");
        var host = builder.Build();
        await host.StartAsync(Cancel);
        return host;
    }

    private static async Task StopAsync(IHost host)
    {
        using var bound = Patience.Limit(TimeSpan.FromSeconds(20), CancellationToken.None);
        await host.StopAsync(bound.Token);
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }
}
