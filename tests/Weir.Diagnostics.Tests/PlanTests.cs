using Microsoft.EntityFrameworkCore;
using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Tests.Stage;
using Weir.Persistence.Rows;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Diagnostics.Tests;

/// <summary>What the dry run shows is what the planner does.</summary>
[Integration]
[Slow]
public sealed class PlanTests(PostgresScope scope) : IClassFixture<PostgresScope>
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DryRun_When_the_orchestrator_plans_the_same_rows_Then_both_move_and_place_the_same()
    {
        await using var api = await ApiHost.StartAsync(scope.Database, broker: null);
        // The first look of an orchestrator begins the era; later ones find the workers in it.
        await using (await ApiHost.StartAsync(scope.Database, broker: null, orchestrator: true))
            await Eventually.TrueAsync("the era to be open", _ => api.ReadAsync((db, token) => db.Eras.AnyAsync(era => era.Phase == EraPhase.Open && era.System != 0, token)), Bound, Cancel);
        await api.WriteAsync((db, _) => WriteAsync(db));
        using var http = await api.OperatorAsync();
        var shown = await http.DoAsync<RebalancePlan>(HttpMethod.Post, $"{ApiRoutes.Rebalance}?dryRun=true", System.Net.HttpStatusCode.OK);

        var placed = new List<StoredAssignment>();
        await using (var planner = await ApiHost.StartAsync(scope.Database, broker: null, orchestrator: true))
        {
            // By itself it places, and moves by choice only outside the outer band: then the move comes with a plan of its own, and its own reason.
            using var there = await planner.OperatorAsync();
            await there.DoAsync<Accepted>(HttpMethod.Post, $"{ApiRoutes.Rebalance}?dryRun=false", System.Net.HttpStatusCode.Accepted);
            await Eventually.TrueAsync(
                "the plan to be applied",
                async _ =>
                {
                    // Kept as they are now: nobody answers here, and before long they are taken back.
                    placed = await api.ReadAsync((db, token) => db.Assignments.AsNoTracking().Where(row => row.State == AssignmentState.Starting).OrderBy(row => row.Stream).ToListAsync(token));
                    return placed.Count >= shown.Placements.Count && await api.ReadAsync((db, token) => db.Migrations.CountAsync(token)) >= shown.Moves.Count;
                },
                Bound,
                Cancel);
        }

        var moved = await api.ReadAsync(async (db, token) => await db.Migrations.AsNoTracking().OrderBy(move => move.Stream).ToListAsync(token));
        Assert.Equal([new PlanUnplaced(SeededFleet.Name(11), "pinnedWorkerUnavailable")], shown.Report.WithoutOwner);
        Assert.NotEmpty(shown.Moves);
        Assert.NotEmpty(shown.Placements);
        Assert.Equal(
            shown.Moves.OrderBy(move => move.Stream, StringComparer.Ordinal).Select(move => (move.Stream, move.To)),
            moved.Select(move => (move.Stream.Value, $"w{move.Target.Value}")));
        Assert.Equal(
            shown.Placements.OrderBy(one => one.Stream, StringComparer.Ordinal).Select(one => (one.Stream, one.To)),
            placed.Select(row => (row.Stream.Value, row.Worker!.Value.Value)));
    }

    // Three workers, one full, one empty, one cordoned; weights, two pinned to a worker that is away, a paused stream, one of a lost worker and a new one.
    private static Task WriteAsync(Persistence.WeirDbContext db)
    {
        db.Pools.Add(new StoredPool { Pool = "default", Settings = """{"profile":"relaxed","movesInFlight":200,"movesAWorker":200,"settleMs":0}""" });
        SeededFleet.Worker(db, "w1", 1);
        SeededFleet.Worker(db, "w2", 2);
        SeededFleet.Worker(db, "w3", 3, worker => worker.Cordoned = true);
        SeededFleet.Worker(db, "w4", 4, _ => { }, lease => (lease.State, lease.Stopped) = (Core.Leases.LeaseState.Fenced, true));
        for (var at = 1; at <= 6; at++) SeededFleet.Stream(db, at, "w1", 1, AssignmentState.Owned);
        SeededFleet.Stream(db, 7, "w3", 3, AssignmentState.Owned);
        SeededFleet.Stream(db, 8, "w4", 4, AssignmentState.Owned);
        SeededFleet.Stream(db, 9, null, 0, AssignmentState.Unowned);
        SeededFleet.Stream(db, 10, "w1", 1, AssignmentState.Unowned, StreamHold.Paused);
        SeededFleet.Stream(db, 11, null, 0, AssignmentState.Unowned);
        SeededFleet.Stream(db, 12, "w1", 1, AssignmentState.Owned);
        foreach (var stream in db.Streams.Local.TakeLast(2)) stream.PinnedTo = WorkerId.Parse("w9");
        // A young era lets no Unfenced stream start where it was not running.
        foreach (var row in db.Streams.Local) row.Class = StreamClass.Fenced;
        foreach (var row in db.Assignments.Local) row.Class = StreamClass.Fenced;
        return Task.CompletedTask;
    }
}
