using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Weir.Core.Assignments;
using Weir.Core.Sagas;
using Weir.Orchestrator.Migrations;
using Weir.Orchestrator.Planning;
using Weir.Orchestrator.Tests.Migrations;
using Weir.Orchestrator.Tests.Stage;
using Weir.Orchestrator.Writing;
using Weir.Persistence;
using Weir.Testing.Traits;

namespace Weir.Orchestrator.Tests;

/// <summary>Each figure that an operator watches has the value it should have.</summary>
[Unit]
public sealed class MetricsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_OfThreePlacements_IsMeasured()
    {
        await using var bench = await Bench.StartAsync();
        using var meters = new MeterRecord(bench.Services);
        await bench.Given.StreamsAsync(Fleet.Names(3));
        await bench.Given.WorkerAsync("w1", "p1");

        await bench.Services.GetRequiredService<PlannerLoop>().LookAsync(Cancel);

        Assert.Equal([3], meters.Of("weir.orchestrator.plan.rows.written", "pool=default;"));
        Assert.Equal(3, meters.Sum("weir.orchestrator.rows.written"));
        Assert.Equal(0, meters.Sum("weir.orchestrator.plan.dropped"));
        Assert.InRange(Assert.Single(meters.Of("weir.orchestrator.plan.duration")), 0.001, 60_000);

        // The pool's row, a worker, a lease and three streams; then, with their rows, what changed since.
        Assert.Equal(6, meters.Of("weir.orchestrator.plan.rows.read")[0]);
    }

    [Fact]
    public async Task Gauges_ShowStreamsByStateAndTheLongestWithoutAnOwner()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
        await using var bench = await Bench.StartAsync(clock);
        using var meters = new MeterRecord(bench.Services);
        var loop = bench.Services.GetRequiredService<PlannerLoop>();
        await bench.Given.StreamsAsync(Fleet.Names(3));
        await loop.LookAsync(Cancel);

        clock.Advance(TimeSpan.FromSeconds(7));
        await loop.LookAsync(Cancel);
        var (unowned, oldest) = (meters.Now("weir.orchestrator.streams", "state=Unowned;"), meters.Now("weir.orchestrator.unowned.oldest"));
        await bench.Given.WorkerAsync("w1", "p1");
        await loop.LookAsync(Cancel);
        clock.Advance(TimeSpan.FromSeconds(2));
        await loop.LookAsync(Cancel);

        Assert.Equal((3, 7), (unowned, oldest));
        Assert.Equal((0, 3), (meters.Now("weir.orchestrator.streams", "state=Unowned;"), meters.Now("weir.orchestrator.streams", "state=Starting;")));
        Assert.Equal(0, meters.Now("weir.orchestrator.unowned.oldest"));
    }

    [Fact]
    public async Task Migration_ThatEnds_IsCountedByItsEnd()
    {
        await using var bench = await Bench.StartAsync();
        using var meters = new MeterRecord(bench.Services);
        var move = await MoveOnBench.StartingAsync(bench);

        await bench.SendAsync("migrations", new MigrationHeard(move.Id, MigrationEventKind.Started, move.Target.Value, MoveOnBench.TargetEpoch));

        Assert.Equal((1, 0), (meters.Sum("weir.orchestrator.migrations", "end=Completed;"), meters.Sum("weir.orchestrator.migrations", "end=RolledBack;")));
        Assert.Equal(AssignmentState.Owned, (await bench.Given.RowOfAsync("s1")).State);
    }

    [Fact]
    public async Task Transaction_ThatIsNotCommitted_IsNotCountedNorAddedToTheNext()
    {
        await using var bench = await Bench.StartAsync();
        using var meters = new MeterRecord(bench.Services);
        await using var scope = bench.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WeirDbContext>().Database;
        var counts = scope.ServiceProvider.GetRequiredService<CommittedCounts>();

        await using (await db.BeginTransactionAsync(Cancel)) Count(5, MigrationState.Failed);
        await using (var transaction = await db.BeginTransactionAsync(Cancel))
        {
            Count(2, MigrationState.Completed);
            await transaction.CommitAsync(Cancel);
        }

        await using (var transaction = await db.BeginTransactionAsync(Cancel)) await transaction.CommitAsync(Cancel);

        Assert.Equal([2], meters.Of("weir.orchestrator.rows.written"));
        Assert.Equal((0, 1), (meters.Sum("weir.orchestrator.migrations", "end=Failed;"), meters.Sum("weir.orchestrator.migrations", "end=Completed;")));

        void Count(int rows, MigrationState end)
        {
            counts.Wrote(rows);
            counts.Ended(end);
        }
    }
}
