using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>
/// Reads a pool: all of it from <see cref="ChangeMark.Beginning"/>, else what changed. The mark is taken before the rows, so that a
/// change which commits in between is read now and once more, and never missed. Run it in a transaction that reads only; under
/// repeatable read all tables are seen as of one instant.
/// </summary>
public sealed class PoolReader(WeirDbContext db)
{
    private static readonly SqlPair Mark = new(
        // Everything below was finished, and is visible, before any of the following statements looks.
        "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
        "SELECT value + 1 FROM counters WHERE name = 'changed'");

    /// <summary>Where a reader that reads from now on starts its next read.</summary>
    public async Task<ChangeMark> MarkAsync(CancellationToken cancel) =>
        (await Mark.ReadAsync(db, row => new ChangeMark((ulong)row.GetInt64(0)), cancel))[0];

    /// <summary>Reads what changed in a pool.</summary>
    public async Task<PoolChanges> ReadAsync(string pool, ChangeMark since, CancellationToken cancel)
    {
        var next = await MarkAsync(cancel);
        var workers = await Since<StoredWorker>(since).Where(row => row.Pool == pool).ToListAsync(cancel);
        // One worker is looked up for each lease that changed; a join would rather read all workers of a fleet that is not large.
        var leases = await Since<StoredLease>(since)
            .Where(row => db.Workers.Where(worker => worker.Worker == row.Worker).Select(worker => worker.Pool).FirstOrDefault() == pool).ToListAsync(cancel);
        var streams = await Since<StoredStream>(since).Where(row => row.Pool == pool).ToListAsync(cancel);
        var assignments = await Since<StoredAssignment>(since).Where(row => row.Pool == pool).ToListAsync(cancel);
        return new PoolChanges(next, workers, leases, streams, assignments);
    }

    /// <summary>Rows of one table that changed since a mark taken by <see cref="MarkAsync"/> before the read that came before.</summary>
    public IQueryable<TRow> Since<TRow>(ChangeMark since)
        where TRow : class, IMarkedRow
    {
        var from = since.Value;
        var rows = db.Set<TRow>().AsNoTracking();
        return from == 0 ? rows : rows.Where(row => row.Changed >= from);
    }
}
