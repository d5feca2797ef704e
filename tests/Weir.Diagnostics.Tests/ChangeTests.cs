using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Tests.Stage;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Diagnostics.Tests;

/// <summary>Changes, carried out by the real services in the same process: one bus, one file.</summary>
[Unit]
[Slow]
public sealed class ChangeTests : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private ApiHost _api = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiHost.StartAsync(withServices: true, services => services.Configure<DatabaseOptions>(options => options.PoolFiguresFor = TimeSpan.FromMilliseconds(200)));
        // Nobody beats here: the workers of these tests are rows, and have minutes.
        await _api.WriteAsync((db, _) =>
        {
            db.Pools.Add(new StoredPool { Pool = "default", Settings = """{"profile":"relaxed"}""" });
            SeededFleet.Worker(db, "w1", 1);
            SeededFleet.Worker(db, "w2", 2);
            SeededFleet.Worker(db, "gone", 3, _ => { }, lease => lease.State = Core.Leases.LeaseState.Fenced);
            return Task.CompletedTask;
        });
        _http = await _api.OperatorAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task Put_When_a_stream_is_new_known_or_changed_Then_the_answer_says_so()
    {
        var put = new StreamPut { Kind = "radio", Weight = 2, Class = "fenced", Labels = new Dictionary<string, string> { ["city"] = "Bern" }, Definition = JsonElement.Parse("""{"url":"http://x"}""") };
        var (status, text, location) = await _http.SendAsync(HttpMethod.Put, Stream("s1"), put);
        Assert.Equal((HttpStatusCode.Created, Stream("s1")), (status, location?.ToString()));
        Assert.Equal(1, JsonSerializer.Deserialize<CatalogueOutcome>(text, ApiJson.Options)!.Added);

        Assert.Equal(1, (await _http.DoAsync<CatalogueOutcome>(HttpMethod.Put, Stream("s1"), HttpStatusCode.OK, put)).Unchanged);
        Assert.Equal(1, (await _http.DoAsync<CatalogueOutcome>(HttpMethod.Put, Stream("s1"), HttpStatusCode.OK, put with { Weight = 3 })).Changed);

        var told = await _http.GetAsync<StreamDetail>(Stream("s1"));
        Assert.Equal((3d, "fenced", "Bern", "http://x", 300_000L), (told.Weight, told.Class, told.Labels["city"], told.Definition!.Value.GetProperty("url").GetString(), told.LocalModeMs));
    }

    [Fact]
    public async Task Put_When_the_same_key_comes_twice_Then_the_first_answer_comes_again_and_nothing_is_done()
    {
        var first = await _http.DoAsync<CatalogueOutcome>(HttpMethod.Put, Stream("s1"), HttpStatusCode.Created, new StreamPut { Kind = "radio" }, key: "k-1");

        var again = await _http.DoAsync<CatalogueOutcome>(HttpMethod.Put, Stream("s1"), HttpStatusCode.Created, new StreamPut { Kind = "radio", Weight = 9 }, key: "k-1");

        Assert.Equal(("k-1", 1), (first.Key, first.Added));
        Assert.Equal(first, again);
        Assert.Equal(1, (await _http.GetAsync<StreamDetail>(Stream("s1"))).Weight);
    }

    [Fact]
    public async Task Put_When_another_pool_has_the_stream_Then_it_is_a_conflict()
    {
        await _http.DoAsync<CatalogueOutcome>(HttpMethod.Put, Stream("s1"), HttpStatusCode.Created, new StreamPut { Kind = "radio" });

        var problem = await _http.RefusedAsync(HttpMethod.Put, Stream("s1"), HttpStatusCode.Conflict, new StreamPut { Kind = "radio", Pool = "other" });

        Assert.Equal(["s1"], problem.Streams);
    }

    [Theory]
    [InlineData("""{"weight":1}""", "kind")]
    [InlineData("""{"kind":"radio","weight":0}""", "weight")]
    [InlineData("""{"kind":"radio","class":"none"}""", "class")]
    [InlineData("""{"kind":"radio","localModeMs":-1}""", "localModeMs")]
    [InlineData("""{"kind":"radio","pool":"a b"}""", "pool")]
    [InlineData("""{"kind":"radio","definition":"\u0000"}""", "definition")]
    [InlineData("""{"kind":"radio","labels":{"":"x"}}""", "labels")]
    public async Task Put_When_a_field_is_not_right_Then_the_problem_names_it(string body, string field)
    {
        var problem = await _http.RefusedAsync(HttpMethod.Put, Stream("s1"), HttpStatusCode.BadRequest, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(field, problem.Field);
    }

    [Fact]
    public async Task Batch_When_it_holds_more_than_one_message_takes_Then_it_is_carried_out_as_one()
    {
        var declare = Enumerable.Range(1, 450).Select(at => new BatchEntry { Id = $"b{at:000}", Kind = "radio" }).ToList();

        var added = await _http.DoAsync<CatalogueOutcome>(HttpMethod.Post, ApiRoutes.StreamsBatch, HttpStatusCode.OK, new StreamBatch { Declare = declare });
        var both = await _http.DoAsync<CatalogueOutcome>(
            HttpMethod.Post, ApiRoutes.StreamsBatch, HttpStatusCode.OK, new StreamBatch { Declare = [new BatchEntry { Id = "c1", Kind = "radio" }], Withdraw = ["b001", "b002", "none"] });

        Assert.Equal((450, 0), (added.Added, added.Unchanged));
        Assert.Equal((1, 2, 1), (both.Added, both.Withdrawn, both.Unchanged));
        Assert.Equal(449, (await _http.GetAsync<FleetStatus>(ApiRoutes.Status)).Streams.Total);
    }

    [Theory]
    [InlineData("""{}""", "declare")]
    [InlineData("""{"declare":[{"id":"a","kind":"k"},{"id":"a","kind":"k"}]}""", "declare")]
    [InlineData("""{"declare":[{"id":"a","kind":"k"},{"id":"b","kind":"k","weight":-2}]}""", "declare[1].weight")]
    [InlineData("""{"declare":[{"kind":"k"}]}""", "declare[0].id")]
    [InlineData("""{"declare":[null]}""", "declare[0]")]
    [InlineData("""{"withdraw":["a","-"]}""", "withdraw[1]")]
    [InlineData("""{"declare":[{"id":"a","kind":"k"}],"withdraw":["a"]}""", "withdraw")]
    public async Task Batch_When_one_of_many_is_not_right_Then_nothing_is_done_and_it_is_named(string body, string field)
    {
        var problem = await _http.RefusedAsync(HttpMethod.Post, ApiRoutes.StreamsBatch, HttpStatusCode.BadRequest, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(field, problem.Field);
        Assert.Equal(0, (await _http.GetAsync<FleetStatus>(ApiRoutes.Status)).Streams.Total);
    }

    [Fact]
    public async Task Stream_When_paused_resumed_and_deleted_Then_it_is_so()
    {
        await _http.DoAsync<CatalogueOutcome>(HttpMethod.Put, Stream("s1"), HttpStatusCode.Created, new StreamPut { Kind = "radio" });

        var paused = await _http.DoAsync<Accepted>(HttpMethod.Post, ApiRoutes.With(ApiRoutes.StreamPause, "s1"), HttpStatusCode.Accepted, new ActionReason("night"), key: "p1");
        Assert.Equal(("p1", Stream("s1")), (paused.Key, paused.Look));
        await UntilAsync("the pause", stream => stream.State == StreamState.Paused);
        await _http.DoAsync<Accepted>(HttpMethod.Post, ApiRoutes.With(ApiRoutes.StreamResume, "s1"), HttpStatusCode.Accepted);
        await UntilAsync("the end of the pause", stream => stream.State != StreamState.Paused);
        Assert.Equal(1, (await _http.DoAsync<CatalogueOutcome>(HttpMethod.Delete, Stream("s1"), HttpStatusCode.OK)).Withdrawn);
        await _http.RefusedAsync(HttpMethod.Get, Stream("s1"), HttpStatusCode.NotFound);
        await _http.RefusedAsync(HttpMethod.Delete, Stream("s1"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Worker_When_cordoned_drained_uncordoned_and_forgotten_Then_it_is_so()
    {
        await _http.DoAsync<Accepted>(HttpMethod.Post, ApiRoutes.With(ApiRoutes.WorkerCordon, "w1"), HttpStatusCode.Accepted);
        await StandsAsync("w1", WorkerStanding.Cordoned);
        await _http.DoAsync<Accepted>(HttpMethod.Post, ApiRoutes.With(ApiRoutes.WorkerDrain, "w1"), HttpStatusCode.Accepted, new ActionReason("update"));
        await StandsAsync("w1", WorkerStanding.Draining);
        await _http.DoAsync<Accepted>(HttpMethod.Post, ApiRoutes.With(ApiRoutes.WorkerUncordon, "w1"), HttpStatusCode.Accepted);
        await StandsAsync("w1", WorkerStanding.Live);
        await _http.RefusedAsync(HttpMethod.Delete, ApiRoutes.With(ApiRoutes.Worker, "w1"), HttpStatusCode.Conflict);
        await _http.DoAsync<Accepted>(HttpMethod.Delete, ApiRoutes.With(ApiRoutes.Worker, "gone"), HttpStatusCode.Accepted);
        await Eventually.TrueAsync("the worker to be struck", async _ => (await _http.SendAsync(HttpMethod.Get, ApiRoutes.With(ApiRoutes.Worker, "gone"))).Status == HttpStatusCode.NotFound, Bound, Cancel);
    }

    [Fact]
    public async Task Rebalance_When_it_is_dry_Then_placements_levels_and_the_proof_are_shown_and_nothing_is_done()
    {
        await _api.WriteAsync((db, _) =>
        {
            for (var at = 1; at <= 8; at++) SeededFleet.Stream(db, at, "w1", 1, Core.Assignments.AssignmentState.Owned);
            return Task.CompletedTask;
        });

        var plan = await _http.DoAsync<RebalancePlan>(HttpMethod.Post, $"{ApiRoutes.Rebalance}?dryRun=true", HttpStatusCode.OK);

        Assert.Equal(plan.Certificate.Moves, plan.Moves.Count);
        Assert.True(plan.Certificate.ScoreAfter > plan.Certificate.ScoreBefore);
        Assert.Equal([8, 0], plan.Before.Select(level => level.Streams));
        Assert.All(plan.Moves, move => Assert.Equal(("w1", "w2"), (move.From, move.To)));
        Assert.Equal(plan.Moves.Count, plan.After.Single(level => level.Worker == "w2").Streams);
    }

    [Fact]
    public async Task Rebalance_When_it_is_asked_for_Then_migrations_begin_and_it_says_where_to_look()
    {
        await _api.WriteAsync((db, _) =>
        {
            for (var at = 1; at <= 8; at++) SeededFleet.Stream(db, at, "w1", 1, Core.Assignments.AssignmentState.Owned);
            return Task.CompletedTask;
        });

        var accepted = await _http.DoAsync<Accepted>(HttpMethod.Post, $"{ApiRoutes.Rebalance}?dryRun=false", HttpStatusCode.Accepted);

        var moving = await Eventually.GetAsync("a migration", async _ => (await _http.GetAsync<Page<MigrationSummary>>(accepted.Look)).Items is [var first, ..] ? first : null, Bound, Cancel);
        Assert.Equal(("w1", "w2", "releasing"), (moving.From, moving.To, moving.State));
        var plan = (await _http.GetAsync<StreamDetail>(Stream(moving.Stream))).Migration;
        Assert.Equal(moving.Id, plan!.Id);
    }

    [Fact]
    public async Task Events_When_a_client_comes_back_by_its_last_id_Then_it_has_missed_nothing()
    {
        using var first = await EventClient.OpenAsync(_api.Http, null, Cancel);
        await _http.DoAsync<CatalogueOutcome>(HttpMethod.Put, Stream("s1"), HttpStatusCode.Created, new StreamPut { Kind = "radio" });
        await first.NextAsync("StreamsUnowned", data => data.GetProperty("body").GetRawText().Contains("\"s1\"", StringComparison.Ordinal), Cancel);
        var last = first.LastId;
        first.Dispose();
        await _http.DoAsync<CatalogueOutcome>(HttpMethod.Put, Stream("s2"), HttpStatusCode.Created, new StreamPut { Kind = "radio" });
        await Eventually.TrueAsync("the fact of s2", _ => Task.FromResult(_api.Of<Events.EventLog>().Listen(last) is { } look && Left(look).Missed.Count > 0), Bound, Cancel);

        using var again = await EventClient.OpenAsync(_api.Http, last, Cancel);
        var data = await again.NextAsync("StreamsUnowned", told => told.GetProperty("body").GetRawText().Contains("\"s2\"", StringComparison.Ordinal), Cancel);
        using var lost = await EventClient.OpenAsync(_api.Http, "other.0.5", Cancel);

        Assert.Equal("default", data.GetProperty("pool").GetString());
        Assert.Equal("other.0.5", (await lost.NextAsync("gap", _ => true, Cancel)).GetProperty("since").GetString());

        Events.EventListener Left(Events.EventListener listener)
        {
            _api.Of<Events.EventLog>().Leave(listener);
            return listener;
        }
    }

    private static string Stream(string id) => ApiRoutes.With(ApiRoutes.Stream, id);

    private Task UntilAsync(string what, Func<StreamDetail, bool> fits) =>
        Eventually.TrueAsync(what, async _ => fits(await _http.GetAsync<StreamDetail>(Stream("s1"))), Bound, Cancel);

    private Task StandsAsync(string worker, WorkerStanding standing) =>
        Eventually.TrueAsync($"{worker} to be {standing}", async _ => (await _http.GetAsync<WorkerDetail>(ApiRoutes.With(ApiRoutes.Worker, worker))).State == standing, Bound, Cancel);
}
