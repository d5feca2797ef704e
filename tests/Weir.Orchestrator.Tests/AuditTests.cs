using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Weir.Core.Assignments;
using Weir.Orchestrator.Planning;
using Weir.Orchestrator.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Orchestrator.Tests;

/// <summary>The read of everything that shows whether changes were missed.</summary>
[Integration]
[Slow]
public sealed class AuditTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Seed("streams.consistency-verification")]
    public async Task Row_ChangedBehindTheLoopsBack_IsFoundByTheFiveMinuteAuditCountedAndMended()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
        await using var bench = await Bench.StartAsync(clock);
        using var meters = new MeterRecord(bench.Services);
        var loop = bench.Services.GetRequiredService<PlannerLoop>();
        await bench.Given.StreamsAsync(["s1"]);
        var life = await bench.Given.WorkerAsync("w1", "p1");
        await bench.Given.RowAsync("s1", AssignmentState.Owned, 1, "w1", life);
        await loop.LookAsync(Cancel);

        await BehindItsBackAsync(bench);
        clock.Advance(TimeSpan.FromMinutes(4.9));
        await loop.LookAsync(Cancel);
        var (unseen, differencesBefore) = ((await bench.Given.RowOfAsync("s1")).State, meters.Sum("weir.orchestrator.audit.differences"));
        clock.Advance(TimeSpan.FromMinutes(0.2));
        await loop.LookAsync(Cancel);

        Assert.Equal((AssignmentState.Unowned, 0), (unseen, differencesBefore));
        Assert.Equal(1, meters.Sum("weir.orchestrator.audit.differences"));
        Assert.Contains(bench.Logs, said => said.StartsWith("305 Pool default: what its changes added up to differs from the tables in 1 places, the first being s1", StringComparison.Ordinal));
        Assert.Equal((AssignmentState.Starting, life), ((await bench.Given.RowOfAsync("s1")).State, (await bench.Given.RowOfAsync("s1")).Incarnation));
    }

    [Fact]
    public async Task Audit_NothingWasMissed_SaysNothing()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
        await using var bench = await Bench.StartAsync(clock);
        using var meters = new MeterRecord(bench.Services);
        var loop = bench.Services.GetRequiredService<PlannerLoop>();
        await bench.Given.StreamsAsync(Fleet.Names(5));
        await bench.Given.WorkerAsync("w1", "p1");
        await loop.LookAsync(Cancel);

        // A change that the loop has not read yet is no difference: its mark says so.
        await bench.Given.RunAsync(db => db.Assignments.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, AssignmentState.Owned), Cancel));
        clock.Advance(TimeSpan.FromMinutes(5.1));
        await loop.LookAsync(Cancel);

        Assert.Equal(0, meters.Sum("weir.orchestrator.audit.differences"));
        Assert.DoesNotContain(bench.Logs, said => said.StartsWith("305", StringComparison.Ordinal));
    }

    // As a hand in the database would do it whose trigger is off: the row is another one and its mark is not.
    private static Task BehindItsBackAsync(Bench bench) => bench.Given.RunAsync(async db =>
    {
        var trigger = await db.Database.SqlQuery<string>($"SELECT sql AS \"Value\" FROM sqlite_master WHERE type = 'trigger' AND name = 'assignments_updated'").ToListAsync(Cancel);
        await db.Database.ExecuteSqlAsync($"DROP TRIGGER assignments_updated", Cancel);
        await db.Database.ExecuteSqlAsync($"UPDATE assignments SET state = 'Unowned'", Cancel);
        await db.Database.ExecuteSqlRawAsync(trigger[0], Cancel);
    });
}
