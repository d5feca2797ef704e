using Microsoft.EntityFrameworkCore;
using Weir.Core.Sagas;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>Reads a pool for its planner: what <see cref="PoolReader"/> reads, and version, figures, reports, migrations, era and clock.</summary>
public sealed class PlanningReader(WeirDbContext db, PoolReader pools, EraStore eras, DatabaseClock clock)
{
    // A move that ended longer ago than any cool-down is worth nothing to a reader that begins.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>Reads what changed. Run it under repeatable read, in a transaction that reads only.</summary>
    public async Task<PlanningReading> ReadAsync(string pool, ChangeMark since, CancellationToken cancel)
    {
        var rows = await pools.ReadAsync(pool, since, cancel);
        var row = await db.Pools.AsNoTracking().SingleOrDefaultAsync(one => one.Pool == pool, cancel);
        var reports = await pools.Since<StoredReport>(since)
            .Where(report => db.Streams.Any(stream => stream.Stream == report.Stream && stream.Pool == pool)).ToListAsync(cancel);
        var now = await clock.NowAsync(cancel);
        var from = DateTime.UnixEpoch + now - Remembered;
        var migrations = await pools.Since<StoredMigration>(since)
            .Where(move => move.Pool == pool && (move.EndedAt == null || move.EndedAt > from || move.State == MigrationState.Releasing || move.State == MigrationState.Starting))
            .ToListAsync(cancel);
        return new PlanningReading(rows, row, reports, migrations, await eras.ReadAsync(cancel), now);
    }

    /// <summary>Pools in which a worker or a stream changed since a mark, and where the next such read starts.</summary>
    public async Task<(IReadOnlyList<string> Pools, ChangeMark Next)> ChangedPoolsAsync(ChangeMark since, CancellationToken cancel)
    {
        var next = await pools.MarkAsync(cancel);
        var workers = await pools.Since<StoredWorker>(since).Select(row => row.Pool).Distinct().ToListAsync(cancel);
        var streams = await pools.Since<StoredStream>(since).Select(row => row.Pool).Distinct().ToListAsync(cancel);
        var known = await pools.Since<StoredPool>(since).Select(row => row.Pool).ToListAsync(cancel);
        return ([.. workers.Concat(streams).Concat(known).Distinct(StringComparer.Ordinal)], next);
    }
}
