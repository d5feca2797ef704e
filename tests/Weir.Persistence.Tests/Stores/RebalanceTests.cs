using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Stores;

/// <summary>Requests for a plan, from their acknowledgement to the plan that names them, in both databases.</summary>
[Integration]
public sealed class RebalanceTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Request_IsKeptOnceAPoolAndKey_ReadOldestFirst_AndGoneWhenItIsAnswered(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);

        var kept = new List<bool>();
        foreach (var (pool, key) in ((string, string)[])[("p1", "b"), ("p1", "a"), ("p1", "b"), ("p2", "b")]) kept.Add(await AskAsync(store, pool, key));

        Assert.Equal([true, true, false, true], kept);
        Assert.Equal(["b", "a"], await WaitingAsync(store, "p1"));
        await store.Database.RunAsync("answered", (unit, token) => new RebalanceStore(unit.Db).AnsweredAsync("p1", ["b", "unknown"], token), Cancel);

        Assert.Equal(["a"], await WaitingAsync(store, "p1"));
        Assert.Equal(["b"], await WaitingAsync(store, "p2"));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Request_ThatWaits_IsWorkForItsPoolAlone(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await AskAsync(store, "p1", "a");

        Assert.True(await HasWorkAsync(store, "p1"));
        Assert.False(await HasWorkAsync(store, "p2"));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Requests_OfPoolsThatNobodyPlans_AreBounded(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await store.RunAsync(
            (db, _) =>
            {
                db.Rebalances.AddRange(Enumerable.Range(1, RebalanceStore.WaitingMax).Select(number => new StoredRebalance { Pool = "nobody's", Key = $"{number}", AskedAt = DateTime.UnixEpoch }));
                return Task.CompletedTask;
            },
            Cancel);

        Assert.False(await AskAsync(store, "p1", "a"));
        await store.Database.RunAsync("forget", (unit, token) => new RebalanceStore(unit.Db).ForgetAsync(DateTime.UnixEpoch.AddDays(1), token), Cancel);
        Assert.True(await AskAsync(store, "p1", "a"));
    }

    private static Task<bool> AskAsync(Store store, string pool, string key) =>
        store.Database.RunAsync("ask", (unit, token) => new RebalanceStore(unit.Db).AskAsync(pool, key, token), Cancel);

    private static Task<IReadOnlyList<string>> WaitingAsync(Store store, string pool) =>
        store.Database.RunAsync("waiting", async (unit, token) => (await Reader(unit.Db).ReadAsync(pool, ChangeMark.Beginning, token)).Requests, Cancel);

    private static Task<bool> HasWorkAsync(Store store, string pool) =>
        store.Database.RunAsync("work", (unit, token) => Reader(unit.Db).HasWorkAsync([pool], new ChangeMark(long.MaxValue), token), Cancel);

    private static PlanningReader Reader(WeirDbContext db) => new(db, new PoolReader(db), new EraStore(db), new DatabaseClock(db));
}
