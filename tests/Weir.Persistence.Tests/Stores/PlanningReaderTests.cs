using Microsoft.EntityFrameworkCore;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Sagas;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Persistence.Tests.Stores;

/// <summary>A planner that has seen everything is told when it must look again, and only then.</summary>
[Integration]
public sealed class PlanningReaderTests(SharedPostgres postgres)
{
    private static readonly StreamId S1 = StreamId.Parse("s1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Work_IsThereAfterEveryKindOfChange_AndNotWithoutOne(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await AddAsync(store);
        foreach (var change in (string[])
            [
                "UPDATE workers SET capacity = 11", "UPDATE leases SET stuck = stuck + 1", "UPDATE streams SET weight = 2", "UPDATE pools SET version = 1",
                "UPDATE assignments SET asked = 3", "UPDATE migrations SET asked = 3", "UPDATE reports SET load = 3",
            ])
        {
            var mark = await UntilStillAsync(store);
            await store.RunAsync((db, token) => db.Database.ExecuteSqlRawAsync(change, token), Cancel);

            Assert.True(await HasWorkAsync(store, mark), change);
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Work_OfAnotherPool_IsNone(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await AddAsync(store);
        var mark = await UntilStillAsync(store);

        await store.RunAsync((db, token) => db.Database.ExecuteSqlRawAsync("UPDATE streams SET weight = 5 WHERE pool = 'other'", token), Cancel);

        Assert.False(await HasWorkAsync(store, mark));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Work_IsThereWhileAnAnswerIsAwaited(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await AddAsync(store);
        await UntilStillAsync(store);
        await store.RunAsync(
            (db, token) => db.Assignments.Where(row => row.Stream == S1).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, AssignmentState.Starting).SetProperty(row => row.Deadline, DateTime.UnixEpoch), token),
            Cancel);

        Assert.True(await HasWorkAsync(store, new ChangeMark(long.MaxValue)));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Pools_AreAllThatAnythingIsIn(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        Assert.Empty(await PoolsAsync(store));
        await AddAsync(store);
        await store.RunAsync((db, _) => Task.FromResult(db.Workers.Add(Sample.Worker("w9", 9, pool: "zoo"))), Cancel);

        Assert.Equal(["default", "other", "zoo"], (await PoolsAsync(store)).Order(StringComparer.Ordinal));
    }

    private static Task AddAsync(Store store) => store.RunAsync(
        (db, _) =>
        {
            db.Workers.AddRange(Sample.Worker("w1", 1), Sample.Worker("w2", 2));
            db.Leases.Add(StoredLease.From(Sample.Lease("w1", 1)));
            db.Pools.Add(new StoredPool { Pool = "default" });
            db.Streams.AddRange(new StoredStream { Stream = S1, Pool = "default" }, new StoredStream { Stream = StreamId.Parse("s2"), Pool = "other" });
            db.Assignments.Add(new StoredAssignment { Stream = S1, Pool = "default" });
            db.Migrations.Add(new StoredMigration
            {
                CorrelationId = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"),
                Pool = "default",
                Stream = S1,
                State = MigrationState.Completed,
            });
            db.Reports.Add(new StoredReport { Stream = S1, Load = 1 });
            return Task.CompletedTask;
        },
        Cancel);

    // A change is told again while a transaction of the server that is older is open: other tests have some.
    private static async Task<ChangeMark> UntilStillAsync(Store store)
    {
        var mark = ChangeMark.Beginning;
        await Eventually.TrueAsync(
            "nothing to do",
            async _ =>
            {
                mark = await store.RunAsync<PoolReader, ChangeMark>((reader, token) => reader.MarkAsync(token), Cancel);
                return !await HasWorkAsync(store, mark);
            },
            TimeSpan.FromSeconds(20),
            Cancel);
        return mark;
    }

    private static Task<bool> HasWorkAsync(Store store, ChangeMark since) =>
        store.Database.RunAsync("test.work", (unit, token) => Reader(unit.Db).HasWorkAsync(["default"], since, token), Cancel);

    private static Task<IReadOnlyList<string>> PoolsAsync(Store store) =>
        store.Database.RunAsync("test.pools", async (unit, token) => (await Reader(unit.Db).PoolsAsync(token)).Pools, Cancel);

    private static PlanningReader Reader(WeirDbContext db) => new(db, new PoolReader(db), new EraStore(db), new DatabaseClock(db));
}
