using Microsoft.EntityFrameworkCore;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Sagas;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Stores;

/// <summary>What Registry's clean-up takes away a day after its end, and what it leaves.</summary>
[Integration]
public sealed class CleanupTests(SharedPostgres postgres)
{
    private static readonly TimeSpan Young = TimeSpan.FromHours(23);
    private static readonly TimeSpan Old = TimeSpan.FromHours(25);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Lease_OfAnEarlierLife_GoesADayAfterItsEnd_HoweverLateTheNextBegan(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await WorkerAsync(store, "back-today", newest: 13, Young);
        await WorkerAsync(store, "back-long-ago", newest: 22, Old);
        await LeasesAsync(store, Old, ("back-today", 11, LeaseState.Fenced), ("back-long-ago", 21, LeaseState.Fenced));
        await LeasesAsync(store, Young, ("back-today", 12, LeaseState.Fenced), ("back-today", 13, LeaseState.Live), ("back-long-ago", 22, LeaseState.Live));

        await CleanAsync(store);

        Assert.Equal([12, 13, 22], await LivesAsync(store));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Lease_OfTheNewestLife_StaysHoweverLongItIsOver(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await WorkerAsync(store, "gone", newest: 11, Old);
        await LeasesAsync(store, Old, ("gone", 11, LeaseState.Fenced));

        await CleanAsync(store);

        Assert.Equal([11], await LivesAsync(store));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task End_OfALife_IsWrittenHoweverItEnded_AndOnlyOnce(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        foreach (var (worker, life) in ((string, long)[])[("silent", 1), ("stopped", 2), ("followed", 3), ("lives", 4), ("followed", 5)])
            await store.RunAsync<LeaseStore, int>(async (leases, token) => (await leases.BeginAsync(new LeaseRow(WorkerId.Parse(worker), new(life), "p1"), token)).Count, Cancel);
        await store.RunAsync<LeaseStore, int>(async (leases, token) => (await leases.MarkAsync([new(new(1), 0, TimeSpan.FromSeconds(4), Fence: true, CommandsUnread: false), new(new(4), 0, TimeSpan.FromSeconds(3), Fence: false, CommandsUnread: false)], token)).Count, Cancel);
        await store.RunAsync<LeaseStore, bool>((leases, token) => leases.StopAsync(new(2), token), Cancel);
        var first = await EndsAsync(store);

        await store.RunAsync<LeaseStore, int>(async (leases, token) => (await leases.MarkAsync([new(new(1), 0, TimeSpan.FromSeconds(9), Fence: true, CommandsUnread: false), new(new(2), 0, TimeSpan.FromSeconds(9), Fence: true, CommandsUnread: false)], token)).Count, Cancel);
        await store.RunAsync<LeaseStore, bool>((leases, token) => leases.StopAsync(new(3), token), Cancel);

        Assert.Equal([1L, 2, 3], first.Keys.Order());
        Assert.Equal(first, await EndsAsync(store));
        var now = await AgoAsync(store, TimeSpan.Zero);
        Assert.All(first.Values, at => Assert.InRange(now - at, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Lease_ThatSomebodyMayWaitFor_StaysHoweverOldItIs(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await WorkerAsync(store, "w", newest: 9, Old);
        await LeasesAsync(store, Old, [.. Enumerable.Range(1, 8).Select(life => ("w", (long)life, LeaseState.Fenced)), ("w", 9, LeaseState.Fenced)]);
        await store.RunAsync(
            (db, _) =>
            {
                db.Assignments.Add(Row("held", AssignmentState.Owned, 3));
                db.Assignments.Add(Row("free", AssignmentState.Unowned, 4));
                db.Migrations.Add(Move(MigrationState.Releasing, source: 5, target: 6));
                db.Migrations.Add(Move(MigrationState.Completed, source: 7, target: 8));
                return Task.CompletedTask;
            },
            Cancel);

        await CleanAsync(store);

        Assert.Equal([3, 4, 5, 6, 9], await LivesAsync(store));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Lease_OfAWorkerThatRegistersAllTheTime_IsBoundedByCount(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await WorkerAsync(store, "flaps", newest: 20, Young);
        await LeasesAsync(store, Young, [.. Enumerable.Range(1, 20).Select(life => ("flaps", (long)life, life == 20 ? LeaseState.Live : LeaseState.Fenced))]);

        await CleanAsync(store);

        Assert.Equal(Enumerable.Range(5, 16).Select(life => (long)life), await LivesAsync(store));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Stream_WithdrawnForADay_GoesAfterItsRow(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await StreamsAsync(store, ("declared", null), ("young", Young), ("old", Old), ("old-with-row", Old));
        await store.RunAsync((db, _) => Task.FromResult(db.Assignments.Add(Row("old-with-row", AssignmentState.Unowned, 0))), Cancel);

        await CleanAsync(store);
        var first = await StreamsAsync(store);
        var forgotten = await store.RunAsync<AssignmentStore, IReadOnlyList<StreamId>>((rows, token) => rows.ForgetAsync("default", [StreamId.Parse("old-with-row")], TimeSpan.FromDays(1), token), Cancel);
        await CleanAsync(store);

        Assert.Equal(["declared", "old-with-row", "young"], first);
        Assert.Single(forgotten);
        Assert.Equal(["declared", "young"], await StreamsAsync(store));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Assignment_ThatLivesOrMayLive_IsNotForgotten(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await StreamsAsync(store, ("declared", null), ("young", Young), ("old", Old), ("old-owned", Old), ("old-moving", Old), ("old-elsewhere", Old));
        await store.RunAsync(
            (db, _) =>
            {
                foreach (var name in (string[])["declared", "young", "old", "not-in-the-catalogue"]) db.Assignments.Add(Row(name, AssignmentState.Unowned, 0));
                db.Assignments.Add(Row("old-owned", AssignmentState.Releasing, 7));
                db.Assignments.Add(Row("old-moving", AssignmentState.Unowned, 7, row => row.Migrating = true));
                db.Assignments.Add(Row("old-elsewhere", AssignmentState.Unowned, 7, pool: "another"));
                return Task.CompletedTask;
            },
            Cancel);
        var all = (await store.QueryAsync<string>($"SELECT stream AS \"Value\" FROM assignments", Cancel)).Select(StreamId.Parse).ToList();

        var gone = await store.RunAsync<AssignmentStore, IReadOnlyList<StreamId>>((rows, token) => rows.ForgetAsync("default", all, TimeSpan.FromDays(1), token), Cancel);

        Assert.Equal(["not-in-the-catalogue", "old"], gone.Select(stream => stream.Value).Order(StringComparer.Ordinal));
        Assert.Equal(5, (await store.QueryAsync<string>($"SELECT stream AS \"Value\" FROM assignments", Cancel)).Count);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Assignment_OfAPoolThatIsDoneWithIt_ComesOverWithItsEpoch(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await store.RunAsync(
            (db, _) =>
            {
                db.Assignments.Add(Row("free", AssignmentState.Unowned, 7, row => (row.Hold, row.Failures) = (StreamHold.Withdrawn, 2), pool: "before"));
                db.Assignments.Add(Row("still-owned", AssignmentState.Releasing, 7, row => row.Hold = StreamHold.Withdrawn, pool: "before"));
                return Task.CompletedTask;
            },
            Cancel);

        AssignmentRow[] wanted = [new(StreamId.Parse("free")) { Class = StreamClass.Fenced }, new(StreamId.Parse("still-owned"))];
        var taken = await store.RunAsync<AssignmentStore, IReadOnlyList<StreamId>>((rows, token) => rows.AddAsync("after", wanted, token), Cancel);
        var again = await store.RunAsync<AssignmentStore, IReadOnlyList<StreamId>>((rows, token) => rows.AddAsync("after", wanted, token), Cancel);

        Assert.Equal([StreamId.Parse("free")], taken);
        Assert.Empty(again);
        var row = await store.Database.RunAsync("read", (unit, token) => unit.Db.Assignments.AsNoTracking().SingleAsync(one => one.Pool == "after", token), Cancel);
        Assert.Equal((new Epoch(40), AssignmentState.Unowned, StreamHold.None, StreamClass.Fenced, 0), (row.Epoch, row.State, row.Hold, row.Class, row.Failures));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task RequestsAndParts_OfADayAgo_AreGone(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        foreach (var (name, age) in ((string, TimeSpan)[])[("young", Young), ("old", Old)])
        {
            var at = await AgoAsync(store, age);
            await store.RunAsync(
                (db, _) =>
                {
                    db.Requests.Add(new StoredRequest { Request = name, Answer = "x", Body = "{}", AnsweredAt = at });
                    db.Parts.Add(new StoredPart { Request = name, Part = 1, Parts = 2, Body = "[]", ReceivedAt = at });
                    return Task.CompletedTask;
                },
                Cancel);
        }

        await CleanAsync(store);

        Assert.Equal(["young"], await store.QueryAsync<string>($"SELECT request AS \"Value\" FROM requests", Cancel));
        Assert.Equal(["young"], await store.QueryAsync<string>($"SELECT request AS \"Value\" FROM parts", Cancel));
    }

    private static async Task CleanAsync(Store store)
    {
        for (var step = 0; step < RegisterCleanup.StepCount; step++)
        {
            var at = step;
            await store.RunAsync<RegisterCleanup, int>((cleanup, token) => cleanup.RunAsync(at, 1000, token), Cancel);
        }
    }

    // By the database's clock: it is the one that the clean-up asks.
    private static async Task<DateTime> AgoAsync(Store store, TimeSpan age) =>
        DateTime.UnixEpoch + await store.RunAsync<WeirDbContext, TimeSpan>((db, token) => new DatabaseClock(db).NowAsync(token), Cancel) - age;

    private static async Task WorkerAsync(Store store, string worker, long newest, TimeSpan ago)
    {
        var at = await AgoAsync(store, ago);
        await store.RunAsync(
            (db, _) => Task.FromResult(db.Workers.Add(new StoredWorker { Worker = WorkerId.Parse(worker), Newest = new(newest), Process = "p1", Attempt = 1, Pool = "default", Capacity = 1, RegisteredAt = at })), Cancel);
    }

    private static async Task LeasesAsync(Store store, TimeSpan ended, params (string Worker, long Life, LeaseState State)[] leases)
    {
        var at = await AgoAsync(store, ended);
        await store.RunAsync(
            (db, _) =>
            {
                foreach (var (worker, life, state) in leases)
                    db.Leases.Add(new StoredLease { Worker = WorkerId.Parse(worker), Incarnation = new(life), Process = "p1", State = state, EndedAt = state == LeaseState.Fenced ? at : null });
                return Task.CompletedTask;
            },
            Cancel);
    }

    private static async Task<Dictionary<long, DateTime>> EndsAsync(Store store) =>
        (await store.Database.RunAsync("read", (unit, token) => unit.Db.Leases.AsNoTracking().Where(lease => lease.EndedAt != null).ToListAsync(token), Cancel))
        .ToDictionary(lease => lease.Incarnation.Value, lease => lease.EndedAt!.Value);

    private static Task<List<long>> LivesAsync(Store store) => store.QueryAsync<long>($"SELECT incarnation AS \"Value\" FROM leases ORDER BY 1", Cancel);

    private static async Task StreamsAsync(Store store, params (string Stream, TimeSpan? Withdrawn)[] streams)
    {
        foreach (var (stream, withdrawn) in streams)
        {
            DateTime? at = withdrawn is { } age ? await AgoAsync(store, age) : null;
            await store.RunAsync(
                (db, _) => Task.FromResult(db.Streams.Add(new StoredStream
                {
                    Stream = StreamId.Parse(stream),
                    Pool = "default",
                    Kind = "radio",
                    Hold = at is null ? StreamHold.None : StreamHold.Withdrawn,
                    WithdrawnAt = at,
                })),
                Cancel);
        }
    }

    private static Task<List<string>> StreamsAsync(Store store) => store.QueryAsync<string>($"SELECT stream AS \"Value\" FROM streams ORDER BY 1", Cancel);

    private static StoredAssignment Row(string stream, AssignmentState state, long life, Action<StoredAssignment>? change = null, string pool = "default")
    {
        var row = new StoredAssignment
        {
            Stream = StreamId.Parse(stream),
            Pool = pool,
            Epoch = new(40),
            Incarnation = new(life),
            State = state,
            Deadline = DateTime.UnixEpoch,
            FailingSince = DateTime.UnixEpoch,
        };
        change?.Invoke(row);
        return row;
    }

    private static StoredMigration Move(MigrationState state, long source, long target) => new()
    {
        CorrelationId = new Guid((int)source, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
        Pool = "default",
        Stream = StreamId.Parse($"s{source}"),
        Source = new(source),
        Target = new(target),
        State = state,
        Deadline = DateTime.UnixEpoch,
        StartedAt = DateTime.UnixEpoch,
        EndedAt = state == MigrationState.Completed ? DateTime.UnixEpoch : null,
    };
}
