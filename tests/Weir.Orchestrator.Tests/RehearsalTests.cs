using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Sagas;
using Weir.Orchestrator.Planning;
using Weir.Orchestrator.Rehearsing;
using Weir.Orchestrator.Tests.Stage;
using Weir.Outbox;
using Weir.Persistence.Resilience;
using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Orchestrator.Tests;

/// <summary>A replica plays a migration through before its first real one, and nothing of it is left.</summary>
[Integration]
[Slow]
public sealed class RehearsalTests : IClassFixture<ServersReady>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Play_IsAWholeMigration_AndLeavesNoRowNoMessageAndNoCount()
    {
        await using var bench = await Bench.StartAsync();
        using var meters = new MeterRecord(bench.Services);
        await bench.Given.WorkerAsync("w1", "p1");
        await bench.Services.GetRequiredService<PlannerLoop>().LookAsync(Cancel);

        var end = await bench.Services.GetRequiredService<DatabaseResilience>().RunAsync(
            new DatabaseCall("test.rehearsal") { ReadsOnly = true },
            (unit, token) => ActivatorUtilities.CreateInstance<RehearsedMove>(unit.Services).PlayAsync("rehearsal-1", token),
            Cancel);

        Assert.Equal(MigrationState.Completed, end);
        Assert.Empty(await bench.Given.RowsAsync());
        Assert.Equal((0, 0), (meters.Of("weir.orchestrator.rows.written").Count, meters.Of("weir.orchestrator.migrations").Count));
        Assert.Equal(
            (1, 0, 0, 0),
            await bench.Given.ReadAsync(async db => (
                await db.Workers.CountAsync(Cancel), await db.Migrations.CountAsync(Cancel), await db.Streams.CountAsync(Cancel), await db.Set<OutboxMessage>().CountAsync(Cancel))));
    }

    [Fact]
    public async Task Replica_ThatStarts_RehearsesAndShowsNothingOfIt()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 1);
        await fleet.Given.StreamsAsync(Fleet.Names(2));

        await fleet.AllOwnedAsync(2);

        Assert.Equal(["s001", "s002"], (await fleet.Given.RowsAsync()).Select(row => row.Stream.Value).Order(StringComparer.Ordinal));
        Assert.Equal(["default"], await fleet.Given.ReadAsync(db => db.Pools.Select(pool => pool.Pool).ToListAsync(Cancel)));
    }
}
