using Microsoft.EntityFrameworkCore;
using Weir.Core.Sagas;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>Reads a pool for its planner: what <see cref="PoolReader"/> reads, and version, figures, reports, migrations, era and clock.</summary>
public sealed class PlanningReader(WeirDbContext db, PoolReader pools, EraStore eras, DatabaseClock clock)
{
    // A move that ended longer ago than any cool-down is worth nothing to a reader that begins.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private static readonly string Every =
        $"""
        WITH RECURSIVE {Names("workers")}, {Names("streams")}
        SELECT pool FROM of_workers WHERE pool IS NOT NULL UNION SELECT pool FROM of_streams WHERE pool IS NOT NULL UNION SELECT pool FROM pools
        """;

    private static readonly SqlPair Pools = new(Every, Every);

    /// <summary>Reads what changed. Run it under repeatable read, in a transaction that reads only.</summary>
    public async Task<PlanningReading> ReadAsync(string pool, ChangeMark since, CancellationToken cancel)
    {
        var rows = await pools.ReadAsync(pool, since, cancel);
        var row = await db.Pools.AsNoTracking().SingleOrDefaultAsync(one => one.Pool == pool, cancel);
        var reports = await pools.Since<StoredReport>(since)
            .Where(report => db.Streams.Where(stream => stream.Stream == report.Stream).Select(stream => stream.Pool).FirstOrDefault() == pool).ToListAsync(cancel);
        var now = await clock.NowAsync(cancel);
        var from = DateTime.UnixEpoch + now - Remembered;
        var migrations = await pools.Since<StoredMigration>(since)
            .Where(move => move.Pool == pool && (move.EndedAt == null || move.EndedAt > from || move.State == MigrationState.Releasing || move.State == MigrationState.Starting))
            .ToListAsync(cancel);
        return new PlanningReading(rows, row, reports, migrations, await eras.ReadAsync(cancel), now);
    }

    /// <summary>
    /// The names of all pools that a worker, a stream or a row of <c>pools</c> names, in no order. From each name it goes to the next
    /// by the index, so that it reads about one row a pool, however many workers and streams there are.
    /// </summary>
    public async Task<IReadOnlyList<string>> PoolsAsync(CancellationToken cancel) => await Pools.ReadAsync(db, row => row.GetString(0), cancel);

    private static string Names(string table) =>
        $"""
        of_{table}(pool) AS (
            SELECT min(pool) FROM {table}
            UNION ALL
            SELECT (SELECT min(next.pool) FROM {table} AS next WHERE next.pool > of_{table}.pool) FROM of_{table} WHERE of_{table}.pool IS NOT NULL)
        """;
}
