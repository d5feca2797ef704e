using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Persistence.Resilience;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Persistence.Tests.Stores;

/// <summary>What a planner's look reads follows what changed, not how large the pool is.</summary>
[Integration]
public sealed class PlannerLookTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_AtALargePoolWhereOneWorkerJoined_ReadsFewRows()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await FillAsync(store);
        var mark = await UntilStillAsync(store);
        await store.RunAsync(
            (db, _) =>
            {
                db.Workers.Add(Sample.Worker("joiner", 9999));
                db.Leases.Add(StoredLease.From(Sample.Lease("joiner", 9999)));
                return Task.CompletedTask;
            },
            Cancel);

        var (found, finding) = await ReadsAsync(store, async (unit, token) => (await Reader(unit).PoolsAsync(token)).Pools.Count);
        var (changed, looking) = await ReadsAsync(store, async (unit, token) => (await Reader(unit).ReadAsync("default", mark, token)).Count);

        TestContext.Current.TestOutputHelper?.WriteLine($"pools: {string.Join(", ", finding)}; look: {string.Join(", ", looking)}");
        // The pool's own row comes with each look.
        Assert.Equal((1, 3), (found, changed));
        Assert.InRange(finding.Sum(table => table.Rows), 0, 20);
        Assert.InRange(looking.Where(table => table.Table != "workers").Sum(table => table.Rows), 0, 30);

        // Two hundred workers are three pages, which the server would rather read whole, once; it must not read them a second time.
        Assert.InRange(looking.Where(table => table.Table == "workers").Sum(table => table.Rows), 0, 250);
    }

    // A change is told again while a transaction of the server that is older is open: other tests have some.
    private static async Task<ChangeMark> UntilStillAsync(Store store)
    {
        var mark = ChangeMark.Beginning;
        await Eventually.TrueAsync(
            "a look to find the pool's own row alone",
            async _ =>
            {
                var found = await store.Database.RunAsync("read", (unit, token) => Reader(unit).ReadAsync("default", mark, token), Cancel);
                mark = found.Rows.Next;
                return found.Count == 1;
            },
            TimeSpan.FromSeconds(30),
            Cancel);
        return mark;
    }

    // The server counts at once, but the session's earlier transactions too until it has told of them: what was there before is taken off.
    private static Task<(T Result, List<(string Table, long Rows)> Rows)> ReadsAsync<T>(Store store, Func<UnitOfWork, CancellationToken, Task<T>> read) => store.Database.RunAsync(
        "reads",
        async (unit, token) =>
        {
            var before = await CountedAsync(unit, token);
            var result = await read(unit, token);
            var after = await CountedAsync(unit, token);
            return (result, after.Select(table => (table.Key, table.Value - before.GetValueOrDefault(table.Key))).Where(table => table.Item2 > 0).ToList());
        },
        Cancel);

    private static async Task<Dictionary<string, long>> CountedAsync(UnitOfWork unit, CancellationToken cancel)
    {
        var rows = await unit.Db.Database.SqlQuery<string>(
            $"""
            SELECT relname || '=' || (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) AS "Value" FROM pg_stat_xact_user_tables
            """).ToListAsync(cancel);
        return rows.Select(row => row.Split('=')).ToDictionary(row => row[0], row => long.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    private static PlanningReader Reader(UnitOfWork unit) => ActivatorUtilities.CreateInstance<PlanningReader>(unit.Services, new DatabaseClock(unit.Db));

    private static Task FillAsync(Store store) => store.RunAsync(
        async (db, token) =>
        {
            await db.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO pools (pool, version, settings) VALUES ('default', 0, '{{}}');
                INSERT INTO leases (incarnation, worker, process, sequence, quiet_ms, state, stopped, mark_sent, mark_read, commands_unread, digest, stuck, running, listed_in)
                SELECT w, 'w' || w, 'p1', 0, 0, 'Live', false, 0, 0, false, 0, 0, 0, 0 FROM generate_series(1, 200) AS w;
                INSERT INTO workers (worker, newest, process, attempt, pool, capacity, labels, cordoned, draining, registered_at)
                SELECT 'w' || w, w, 'p1', 1, 'default', 1000, '{{}}', false, false, now() FROM generate_series(1, 200) AS w;
                INSERT INTO streams (stream, pool, kind, weight, class, local_mode_for_ms, hold, labels, declared_at)
                SELECT 's' || s, 'default', 'ticker', 1, 'Fenced', 300000, 'None', '{{}}', now() FROM generate_series(1, 20000) AS s;
                INSERT INTO assignments (stream, pool, epoch, worker, incarnation, state, reason, hold, class, local_mode_for_ms, migrating, deadline, asked, failures, failing_since)
                SELECT 's' || s, 'default', s, 'w' || (s % 200 + 1), s % 200 + 1, 'Owned', 'Declared', 'None', 'Fenced', 300000, false, 'epoch', 0, 0, 'epoch' FROM generate_series(1, 20000) AS s;
                """,
                token);
            await db.Database.ExecuteSqlRawAsync("ANALYZE", token);
        },
        Cancel);
}
