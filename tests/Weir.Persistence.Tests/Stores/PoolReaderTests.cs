using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Persistence.Tests.Stores;

/// <summary>A reader of changes misses none, whatever commits while it reads, and is not told of beats in good order.</summary>
[Integration]
public sealed class PoolReaderTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task ReaderFromAMark_GetsWhatChangedSince(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await AddFleetAsync(store);

        var all = await ReadAsync(store, ChangeMark.Beginning);
        var nothing = await UntilNothingIsNewAsync(store, all.Next);
        await store.RunAsync((db, token) => db.Assignments.Where(row => row.Stream == StreamId.Parse("s2")).ExecuteUpdateAsync(set => set.SetProperty(row => row.Asked, 1), token), Cancel);
        var one = await ReadAsync(store, nothing.Next);

        Assert.Equal((2, 2, 3, 3), (all.Workers.Count, all.Leases.Count, all.Streams.Count, all.Assignments.Count));
        Assert.Contains("s2", one.Assignments.Select(row => row.Stream.Value));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Beat_ThatFindsItsLeaseInOrder_IsNoChange_AndASuspectsIs(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await AddFleetAsync(store);
        await store.RunAsync<LeaseStore, IReadOnlyList<WrittenMark>>((rows, token) => rows.MarkAsync([new QuietMark(new(2), 0, TimeSpan.FromSeconds(3), false, false)], token), Cancel);
        var before = await ReadAsync(store, ChangeMark.Beginning);

        await store.RunAsync<LeaseStore, IReadOnlyList<RenewedLease>>((rows, token) => rows.RenewAsync([Sample.Beat("w1", 1, 1), Sample.Beat("w2", 2, 1)], token), Cancel);
        var after = await ReadAsync(store, ChangeMark.Beginning);

        Assert.Equal(Of(before, 1).Changed, Of(after, 1).Changed);
        Assert.True(Of(before, 2).Changed < Of(after, 2).Changed);
        Assert.Equal((Liveness.Suspect, Liveness.Live), (Of(before, 2).ToRow().LivenessUnder(LeaseTimes.Fast), Of(after, 2).ToRow().LivenessUnder(LeaseTimes.Fast)));

        static StoredLease Of(PoolChanges read, long incarnation) => read.Leases.Single(row => row.Incarnation.Value == incarnation);
    }

    [Fact]
    public async Task TransactionOpenWhileTheReaderReads_IsNotMissed()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        var written = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        var slow = store.RunAsync(
            async (db, token) =>
            {
                db.Workers.Add(Sample.Worker("slow"));
                await db.SaveChangesAsync(token);
                written.SetResult();
                await released.Task;
            },
            Cancel);
        await written.Task;
        await store.RunAsync((db, _) => Task.FromResult(db.Workers.Add(Sample.Worker("quick"))), Cancel);

        var during = await ReadAsync(store, ChangeMark.Beginning);
        released.SetResult();
        await slow;
        var after = await ReadAsync(store, during.Next);

        Assert.Equal(["quick"], during.Workers.Select(row => row.Worker.Value));
        Assert.Contains("slow", after.Workers.Select(row => row.Worker.Value));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task EveryMarkedTable_TellsOfInsertsAndUpdates(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await AddFleetAsync(store);
        await AssertToldAsync<StoredWorker>(store, "UPDATE workers SET capacity = 11", 3);
        await AssertToldAsync<StoredLease>(store, "UPDATE leases SET stuck = 1", 2);
        await AssertToldAsync<StoredObservation>(store, "UPDATE observations SET epoch = 2", 1);
        await AssertToldAsync<StoredStream>(store, "UPDATE streams SET weight = 2", 3);
        await AssertToldAsync<StoredPool>(store, "UPDATE pools SET version = 1", 1);
        await AssertToldAsync<StoredAssignment>(store, "UPDATE assignments SET asked = 3", 3);
        await AssertToldAsync<StoredMigration>(store, "UPDATE migrations SET asked = 3", 1);
    }

    private static async Task AssertToldAsync<TRow>(Store store, string update, int rows)
        where TRow : class, IMarkedRow
    {
        var mark = await store.RunAsync<PoolReader, ChangeMark>((reader, token) => reader.MarkAsync(token), Cancel);
        await store.RunAsync((db, token) => db.Database.ExecuteSqlRawAsync(update, token), Cancel);
        var told = await store.RunAsync<PoolReader, List<TRow>>((reader, token) => reader.Since<TRow>(mark).ToListAsync(token), Cancel);

        Assert.True(told.Count == rows, $"{typeof(TRow).Name}: {told.Count} of {rows} changes were told");
    }

    // Rows are told again while any transaction of the server that is older than they are is open: other tests have some.
    private static Task<PoolChanges> UntilNothingIsNewAsync(Store store, ChangeMark mark) => Eventually.GetAsync(
        "a read that finds nothing new",
        async _ =>
        {
            var read = await ReadAsync(store, mark);
            mark = read.Next;
            return read is { Workers: [], Leases: [], Streams: [], Assignments: [] } ? read : null;
        },
        TimeSpan.FromSeconds(20),
        Cancel);

    private static Task<PoolChanges> ReadAsync(Store store, ChangeMark since) =>
        store.RunAsync<PoolReader, PoolChanges>((reader, token) => reader.ReadAsync("default", since, token), Cancel);

    private static Task AddFleetAsync(Store store) => store.RunAsync(
        (db, _) =>
        {
            db.Workers.AddRange(Sample.Worker("w1", 1), Sample.Worker("w2", 2), Sample.Worker("elsewhere", 3, pool: "other"));
            db.Leases.AddRange(StoredLease.From(Sample.Lease("w1", 1)), StoredLease.From(Sample.Lease("w2", 2)));
            db.Observations.Add(new StoredObservation { Incarnation = new(1), Stream = StreamId.Parse("s1"), Epoch = new(1) });
            db.Pools.Add(new StoredPool { Pool = "default" });
            foreach (var id in (string[])["s1", "s2", "s3"])
            {
                db.Streams.Add(new StoredStream { Stream = StreamId.Parse(id), Pool = "default" });
                db.Assignments.Add(new StoredAssignment { Stream = StreamId.Parse(id), Pool = "default" });
            }

            db.Migrations.Add(new StoredMigration { CorrelationId = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), Pool = "default", Stream = StreamId.Parse("s1") });
            return Task.CompletedTask;
        },
        Cancel);
}
