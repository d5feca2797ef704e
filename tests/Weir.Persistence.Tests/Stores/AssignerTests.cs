using Microsoft.EntityFrameworkCore;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Stores;

/// <summary>Fifty that want the same stream at the same time: one has it, and the others know that they have not.</summary>
[Integration]
[Seed("2.1")]
public sealed class AssignerTests(SharedPostgres postgres)
{
    private const int Assigners = 50;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task ConditionalWrite_OneOfFiftyWins(DatabaseKind kind)
    {
        await using var store = await WithStreamAsync(kind);

        var won = await AllAsync(i => store.RunAsync<AssignmentStore, IReadOnlyList<StreamId>>(
            (rows, token) => rows.WriteAsync([new AssignmentWrite(Granted(i), Epoch.None, AssignmentState.Unowned)], token), Cancel));

        await AssertOwnedByAsync(store, Assert.Single(Winners(won, rows => rows.Count == 1)));
    }

    [Fact]
    public async Task OptimisticConcurrency_OneOfFiftyWins()
    {
        await using var store = await WithStreamAsync(DatabaseKind.Postgres);
        var lost = await AllAsync(async i => await Record.ExceptionAsync(() => store.RunAsync(
            async (db, token) =>
            {
                var row = await db.Assignments.SingleAsync(token);
                if (row.State != AssignmentState.Unowned) throw new DbUpdateConcurrencyException("seen as taken");
                (row.Epoch, row.Worker, row.State) = (new(i), WorkerId.Parse($"w{i}"), AssignmentState.Starting);
                await db.SaveChangesAsync(token);
            },
            Cancel)));

        await AssertOwnedByAsync(store, Assert.Single(Winners(lost, exception => exception is null)));
        Assert.All(lost.OfType<Exception>(), exception => Assert.IsType<DbUpdateConcurrencyException>(exception));
        Assert.Empty(store.Logs.Retries);
    }

    [Fact]
    public async Task UniqueKey_OneOfFiftyFirstOwnersWins()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);

        var lost = await AllAsync(async i => await Record.ExceptionAsync(() => store.RunAsync(
            (db, _) => Task.FromResult(db.Assignments.Add(new StoredAssignment { Stream = StreamId.Parse("s1"), Pool = "default", Epoch = new(i), Worker = WorkerId.Parse($"w{i}"), State = AssignmentState.Starting })),
            Cancel)));

        await AssertOwnedByAsync(store, Assert.Single(Winners(lost, exception => exception is null)));
        Assert.All(store.Logs.Failures, entry => Assert.Equal(("Constraint", "23505", "1"), (entry.Fields["Category"], entry.Fields["SqlState"], entry.Fields["Attempt"])));
    }

    [Fact]
    public async Task OneOpenMigrationAStream_IsAllThereCanBe()
    {
        await using var store = await WithStreamAsync(DatabaseKind.Postgres);

        var lost = await AllAsync(async i => await Record.ExceptionAsync(() => store.RunAsync(
            (db, _) => Task.FromResult(db.Migrations.Add(new StoredMigration { CorrelationId = new Guid(i, 0, 0, new byte[8]), Pool = "default", Stream = StreamId.Parse("s1") })), Cancel)));

        Assert.Single(lost, exception => exception is null);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task WrittenRow_ReadsBackAsItWas(DatabaseKind kind)
    {
        await using var store = await WithStreamAsync(kind);
        var row = Granted(7) with
        {
            Reason = UnownedReason.RolledBack,
            Hold = StreamHold.Quarantined,
            Class = StreamClass.Fenced,
            LocalModeFor = TimeSpan.FromMinutes(5),
            Migrating = true,
            Deadline = TimeSpan.FromSeconds(1_790_000_000.25),
            FailingSince = TimeSpan.FromSeconds(1_790_000_001),
            Asked = 2,
            Failures = 1,
        };

        await store.RunAsync<AssignmentStore, IReadOnlyList<StreamId>>((rows, token) => rows.WriteAsync([new AssignmentWrite(row, Epoch.None, AssignmentState.Unowned)], token), Cancel);
        var back = await store.Database.RunAsync("read", (unit, token) => unit.Db.Assignments.AsNoTracking().SingleAsync(token), Cancel);
        var twice = await store.RunAsync<AssignmentStore, IReadOnlyList<StreamId>>((rows, token) => rows.AddAsync("default", [Sample.Assignment("s1"), Sample.Assignment("s2")], token), Cancel);

        Assert.Equal(row, back.ToRow());
        Assert.Equal(["s2"], twice.Select(stream => stream.Value));
    }

    private async Task<Store> WithStreamAsync(DatabaseKind kind)
    {
        // Many wait for few connections here, behind one row.
        var store = await Store.OfAsync(kind, postgres, Cancel, options => options.ConnectTimeout = TimeSpan.FromSeconds(60));
        await store.RunAsync<AssignmentStore, IReadOnlyList<StreamId>>((rows, token) => rows.AddAsync("default", [Sample.Assignment("s1")], token), Cancel);
        return store;
    }

    private static AssignmentRow Granted(int i) => Sample.Assignment("s1") with
    {
        Epoch = new(i),
        Worker = WorkerId.Parse($"w{i}"),
        Incarnation = new(i),
        State = AssignmentState.Starting,
    };

    private static Task<T[]> AllAsync<T>(Func<int, Task<T>> assign) => Task.WhenAll(Enumerable.Range(1, Assigners).Select(i => Task.Run(() => assign(i), Cancel)));

    private static IEnumerable<int> Winners<T>(T[] outcomes, Func<T, bool> won) => outcomes.Select((outcome, i) => (outcome, i)).Where(pair => won(pair.outcome)).Select(pair => pair.i + 1);

    private static async Task AssertOwnedByAsync(Store store, int winner) =>
        Assert.Equal([$"w{winner}"], await store.QueryAsync<string>($"SELECT worker AS \"Value\" FROM assignments", Cancel));
}
