using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Faults;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Persistence.Tests.Resilience;

[Integration]
[Seed("error.database.connection-pool-exhaustion")]
public sealed class PoolTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExhaustedPool_IsToldInTimeAndByName_AndBeatsGoOn()
    {
        await using var migrated = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await using var store = Store.On(migrated.ConnectionString, options =>
        {
            options.PoolMax = 2;
            options.ConnectTimeout = TimeSpan.FromSeconds(1);
        });
        var released = new TaskCompletionSource();
        using var taken = new CountdownEvent(2);
        var holders = Enumerable.Range(0, 2).Select(_ => store.RunAsync(
            async (db, token) =>
            {
                await db.Database.ExecuteSqlAsync($"SELECT 1", token);
                taken.Signal();
                await released.Task;
            },
            Cancel)).ToList();
        await Task.Run(() => taken.Wait(Cancel), Cancel);

        var begun = Stopwatch.GetTimestamp();
        var told = await Assert.ThrowsAsync<ConnectionPoolExhaustedException>(() => store.RunAsync((db, token) => db.Database.ExecuteSqlAsync($"SELECT 1", token), Cancel));
        var took = Stopwatch.GetElapsedTime(begun);
        var beats = await store.Database.RunAsync(new DatabaseCall("beats") { Lane = DatabaseLane.Beats }, (unit, token) => unit.Db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\"").ToListAsync(token), Cancel);
        released.SetResult();
        await Task.WhenAll(holders);

        Assert.Equal(("test", FaultCategory.PoolExhausted), (told.Operation, told.Category));
        Assert.InRange(took, TimeSpan.FromSeconds(0.9), Patience.Seconds(20));
        Assert.Equal([1], beats);
        await store.RunAsync((db, token) => db.Database.ExecuteSqlAsync($"SELECT 1", token), Cancel);
    }
}
