using System.Net;
using Microsoft.EntityFrameworkCore;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Sagas;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Tests.Stage;
using Weir.Persistence.Rows;
using Weir.Testing.Traits;

namespace Weir.Diagnostics.Tests;

/// <summary>What is read, the same on both databases.</summary>
[Integration]
[Slow]
public abstract class ReadingScenarios(ReadingStage stage)
{
    private ApiHost Api => stage.Api;

    [Fact]
    public async Task Status_When_asked_Then_every_stream_and_worker_counts_once()
    {
        var status = await Api.Http.GetAsync<FleetStatus>(ApiRoutes.Status);

        Assert.Equal(new StreamCounts(18, 12, 1, 3, 1, 1), status.Streams);
        Assert.Equal(new WorkerCounts(1, 1, 1, 0, 1), status.Workers);
        Assert.Equal(new BalanceFigures(1, 0), status.Balance);
        var text = (await Api.Http.SendAsync(HttpMethod.Get, ApiRoutes.Status)).Text;
        Assert.StartsWith("{\"streams\":{\"total\":18,\"running\":12,\"starting\":1,\"unowned\":3,\"quarantined\":1,\"paused\":1},\"workers\":{\"live\":1,\"suspect\":1,\"draining\":1,\"cordoned\":0,\"lost\":1},\"balance\":{\"score\":1,\"spread\":0}}", text, StringComparison.Ordinal);
    }

    [Fact]
    [Seed("6.1")]
    public async Task Fleet_When_all_of_it_is_asked_for_Then_every_worker_stream_owner_epoch_and_migration_is_told()
    {
        var (workers, streams, moves) = (
            await Api.ReadAsync((db, cancel) => db.Workers.AsNoTracking().ToListAsync(cancel)),
            await Api.ReadAsync((db, cancel) => db.Assignments.AsNoTracking().Where(row => row.Hold != StreamHold.Withdrawn).ToListAsync(cancel)),
            await Api.ReadAsync((db, cancel) => db.Migrations.AsNoTracking().Select(row => row.Stream).ToListAsync(cancel)));

        var toldWorkers = (await Api.Http.GetAsync<Page<WorkerSummary>>($"{ApiRoutes.Workers}?limit=200")).Items;
        var toldStreams = (await Api.Http.GetAsync<Page<StreamSummary>>($"{ApiRoutes.Streams}?limit=200")).Items;
        var toldMoves = (await Api.Http.GetAsync<Page<MigrationSummary>>($"{ApiRoutes.Migrations}?limit=200")).Items;

        Assert.Equal(workers.Select(row => (row.Worker.Value, row.Newest.Value)).Order(), toldWorkers.Select(told => (told.Id, told.Incarnation)).Order());
        Assert.Equal(streams.Select(row => (row.Stream.Value, row.Epoch.Value)).Order(), toldStreams.Select(told => (told.Id, told.Epoch)).Order());
        Assert.Equal(moves.Select(stream => stream.Value).Order(StringComparer.Ordinal), toldMoves.Select(told => told.Stream).Order(StringComparer.Ordinal));
        Assert.All(toldStreams.Where(told => told.State == StreamState.Running), told => Assert.Equal(streams.Single(row => row.Stream.Value == told.Id).Worker!.Value.Value, told.Worker));
        var status = await Api.Http.GetAsync<FleetStatus>(ApiRoutes.Status);
        Assert.Equal(status.Streams.Total, toldStreams.Count);
    }

    [Theory]
    [InlineData("state=running&limit=200", 12)]
    [InlineData("state=paused,quarantined", 2)]
    [InlineData("state=paused&state=quarantined", 2)]
    [InlineData("state=unowned", 3)]
    [InlineData("worker=w1", 8)]
    [InlineData("worker=w4", 0)]
    [InlineData("kind=radio", 9)]
    [InlineData("pool=default", 18)]
    [InlineData("pool=other", 0)]
    [InlineData("label=city%3DBern", 9)]
    [InlineData("label=city%3DBern&label=country%3DCH", 0)]
    [InlineData("q=S-1", 9)]
    [InlineData("q=w2", 4)]
    [InlineData("q=TICK&state=running", 6)]
    [InlineData("q=%25", 0)]
    public async Task Streams_When_filtered_Then_the_database_answers_with_those(string filter, int count)
    {
        var page = await Api.Http.GetAsync<Page<StreamSummary>>($"{ApiRoutes.Streams}?{filter}");

        Assert.Equal(count, page.Items.Count);
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("-id")]
    [InlineData("kind")]
    [InlineData("-state")]
    [InlineData("worker")]
    [InlineData("-weight")]
    [InlineData("load")]
    [InlineData("pool")]
    public async Task Streams_When_paged_while_others_come_and_go_Then_each_comes_once_and_in_order(string sort)
    {
        var whole = (await Api.Http.GetAsync<Page<StreamSummary>>($"{ApiRoutes.Streams}?sort={sort}")).Items.Select(stream => stream.Id).ToList();
        var (seen, cursor, pages) = (new List<string>(), "", 0);

        do
        {
            var page = await Api.Http.GetAsync<Page<StreamSummary>>($"{ApiRoutes.Streams}?sort={sort}&limit=5&cursor={cursor}");
            seen.AddRange(page.Items.Select(stream => stream.Id));
            cursor = page.Next;
            if (pages++ > 0) continue;
            // What the first page ended with goes, and one more comes.
            await Api.WriteAsync(async (db, token) =>
            {
                var gone = StreamId.Parse(seen[4]);
                (await db.Streams.AsTracking().SingleAsync(row => row.Stream == gone, token)).Hold = StreamHold.Withdrawn;
                SeededFleet.Stream(db, 99, null, 0, AssignmentState.Unowned);
            });
        }
        while (cursor is not null);

        Assert.Equal(whole, seen.Where(id => id != "s-99"));
        await Api.WriteAsync(async (db, token) =>
        {
            var (came, gone) = (StreamId.Parse("s-99"), StreamId.Parse(seen[4]));
            await db.Streams.Where(row => row.Stream == came).ExecuteDeleteAsync(token);
            await db.Assignments.Where(row => row.Stream == came).ExecuteDeleteAsync(token);
            await db.Streams.Where(row => row.Stream == gone).ExecuteUpdateAsync(set => set.SetProperty(row => row.Hold, StreamHold.None), token);
        });
    }

    [Fact]
    public async Task Stream_When_asked_for_Then_all_that_is_known_is_told()
    {
        var stream = await Api.Http.GetAsync<StreamDetail>(ApiRoutes.With(ApiRoutes.Stream, "s-01"));

        Assert.Equal(("s-01", "default", "ticker", StreamState.Running, "w1", 1001L, 101L), (stream.Id, stream.Pool, stream.Kind, stream.State, stream.Worker, stream.Epoch, stream.Incarnation));
        Assert.Equal(("unfenced", "owned", null, "Basel"), (stream.Class, stream.Ownership, stream.UnownedBecause, stream.Labels["city"]));
        Assert.Equal(SeededFleet.Begun.AddMilliseconds(250), stream.Since!.Value.UtcDateTime);
        Assert.Equal("http://1", stream.Definition!.Value.GetProperty("url").GetString());
        var lost = await Api.Http.GetAsync<StreamDetail>(ApiRoutes.With(ApiRoutes.Stream, "s-14"));
        Assert.Equal((StreamState.Unowned, null, "ownerLost"), (lost.State, lost.Worker, lost.UnownedBecause));
        Assert.Equal(HttpStatusCode.NotFound, (await Api.Http.SendAsync(HttpMethod.Get, ApiRoutes.With(ApiRoutes.Stream, "s-19"))).Status);
    }

    [Theory]
    [InlineData("", "w1,w2,w3,w4,w5")]
    [InlineData("state=suspect", "w2")]
    [InlineData("state=draining", "w3")]
    [InlineData("state=lost,stopped", "w4,w5")]
    [InlineData("sort=-streams&limit=2", "w1,w2")]
    [InlineData("sort=load&limit=3", "w4,w5,w3")]
    [InlineData("q=W3", "w3")]
    [InlineData("label=zone%3Da&state=live", "w1")]
    public async Task Workers_When_filtered_and_sorted_Then_those_come_in_that_order(string query, string ids)
    {
        var page = await Api.Http.GetAsync<Page<WorkerSummary>>($"{ApiRoutes.Workers}?{query}");

        Assert.Equal(ids, string.Join(',', page.Items.Select(worker => worker.Id)));
    }

    [Fact]
    public async Task Workers_When_paged_Then_the_cursor_leads_to_the_rest()
    {
        var first = await Api.Http.GetAsync<Page<WorkerSummary>>($"{ApiRoutes.Workers}?sort=-streams&limit=2");
        var rest = await Api.Http.GetAsync<Page<WorkerSummary>>($"{ApiRoutes.Workers}?sort=-streams&limit=200&cursor={first.Next}");

        Assert.Equal(["w1", "w2", "w3", "w5", "w4"], first.Items.Concat(rest.Items).Select(worker => worker.Id));
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task Worker_When_asked_for_Then_what_it_carries_and_its_lease_are_told()
    {
        var worker = await Api.Http.GetAsync<WorkerDetail>(ApiRoutes.With(ApiRoutes.Worker, "w1"));

        Assert.Equal((WorkerStanding.Live, 8, 10d, 1d, 101L), (worker.State, worker.Streams, worker.Weight, worker.Load, worker.Incarnation));
        Assert.Equal(new LeaseFigures(2000, 3000, 4000, 8000), worker.Lease);
        Assert.Equal((3200L, WorkerStanding.Suspect), ((await Api.Http.GetAsync<WorkerDetail>(ApiRoutes.With(ApiRoutes.Worker, "w2"))) is var w2 ? w2.QuietMs : 0, w2.State));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("state=completed&stream=s-01&worker=w2&pool=default", 1)]
    [InlineData("state=releasing,starting", 0)]
    [InlineData("worker=w3", 0)]
    public async Task Migrations_When_asked_for_Then_workers_have_their_names(string query, int count)
    {
        var page = await Api.Http.GetAsync<Page<MigrationSummary>>($"{ApiRoutes.Migrations}?{query}");

        Assert.Equal(count, page.Items.Count);
        Assert.All(page.Items, move => Assert.Equal((SeededFleet.Move, "w2", "w1", "completed", "imbalance", 250L), (move.Id, move.From, move.To, move.State, move.Reason, move.TookMs)));
    }

    [Fact]
    public async Task Migrations_When_paged_Then_each_comes_once_the_latest_first()
    {
        await Api.WriteAsync((db, _) =>
        {
            for (var at = 2; at <= 8; at++)
            {
                db.Migrations.Add(new StoredMigration
                {
                    CorrelationId = new Guid($"0193a000-0000-7000-8000-00000000000{at}"),
                    Pool = "default",
                    Stream = StreamId.Parse("s-02"),
                    State = MigrationState.Completed,
                    StartedAt = SeededFleet.Begun.AddSeconds(at / 3),
                    EndedAt = SeededFleet.Begun.AddSeconds(9),
                });
            }

            return Task.CompletedTask;
        });
        var (seen, cursor) = (new List<MigrationSummary>(), "");

        do
        {
            var page = await Api.Http.GetAsync<Page<MigrationSummary>>($"{ApiRoutes.Migrations}?limit=3&cursor={cursor}");
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        await Api.WriteAsync((db, token) => db.Migrations.Where(row => row.CorrelationId != SeededFleet.Move).ExecuteDeleteAsync(token));
        Assert.Equal(8, seen.Select(move => move.Id).Distinct().Count());
        Assert.Equal(seen.OrderByDescending(move => move.StartedAt).Select(move => move.StartedAt), seen.Select(move => move.StartedAt));
    }

    [Fact]
    public async Task Plan_When_asked_for_Then_it_carries_its_certificate()
    {
        var plan = await Api.Http.GetAsync<PlanSummary>(ApiRoutes.With(ApiRoutes.Plan, "default:7"));

        Assert.Equal((1, 1, 0.8, 2), (plan.Certificate.Moves, plan.Certificate.MovesLowerBound, plan.Certificate.Makespan, plan.Report.Waiting));
        Assert.Equal(new PlanDelay("s-03", "w1", "coolingDown"), Assert.Single(plan.Report.Delays));
        Assert.Equal(HttpStatusCode.NotFound, (await Api.Http.SendAsync(HttpMethod.Get, ApiRoutes.With(ApiRoutes.Plan, "default:8"))).Status);
    }

    [Fact]
    public async Task Explain_When_a_stream_was_moved_Then_reason_plan_owners_and_what_would_move_it_are_told()
    {
        var told = await Api.Http.GetAsync<StreamExplanation>(ApiRoutes.With(ApiRoutes.StreamExplain, "s-01"));

        Assert.Equal("imbalance", told.Reason);
        Assert.Contains("w2 had more than its share", told.Words, StringComparison.Ordinal);
        Assert.Equal("default:7", told.Plan!.Id);
        Assert.Equal([("w1", 1001L, "imbalance"), ("w2", 900L, "placed")], told.Owners.Select(owner => (owner.Worker, owner.Epoch, owner.Reason)));
        Assert.Equal(SeededFleet.Begun.AddMilliseconds(200), told.Owners[1].EndedAt!.Value.UtcDateTime);
        Assert.Contains(told.WouldMove, condition => condition.Kind == "workerLeaves");
        Assert.True(told.ForMs > 0);
    }

    [Theory]
    [InlineData("s-14", "ownerLost")]
    [InlineData("s-16", "declared")]
    [InlineData("s-17", "paused")]
    [InlineData("s-18", "quarantined")]
    public async Task Explain_When_nobody_has_the_stream_Then_it_says_why(string stream, string reason)
    {
        var told = await Api.Http.GetAsync<StreamExplanation>(ApiRoutes.With(ApiRoutes.StreamExplain, stream));

        Assert.Equal(reason, told.Reason);
        Assert.Null(told.IfWorkerLeft);
    }
}
