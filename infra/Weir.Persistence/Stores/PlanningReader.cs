using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weir.Core.Sagas;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>Reads a pool for its planner: what <see cref="PoolReader"/> reads, and version, figures, reports, migrations, era and clock.</summary>
public sealed class PlanningReader(WeirDbContext db, PoolReader pools, EraStore eras, DatabaseClock clock)
{
    // A move that ended longer ago than any cool-down is worth nothing to a reader that begins.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>How many requests one plan answers; those beyond are the next one's.</summary>
    public const int RequestsMax = 16;

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
        var requests = await db.Rebalances.Where(request => request.Pool == pool).OrderBy(request => request.AskedAt).ThenBy(request => request.Key)
            .Select(request => request.Key).Take(RequestsMax).ToListAsync(cancel);
        return new PlanningReading(rows, row, reports, migrations, await eras.ReadAsync(cancel), now) { Requests = requests };
    }

    /// <summary>Every pool that has a row, a worker or a stream, and a mark taken before they were read.</summary>
    public async Task<(IReadOnlyList<string> Pools, ChangeMark Mark)> PoolsAsync(CancellationToken cancel)
    {
        var mark = await pools.MarkAsync(cancel);
        return (await PlanningSql.Pools.ReadAsync(db, row => row.GetString(0), cancel), mark);
    }

    /// <summary>Whether there may be anything to do for a planner that has read all of some pools: a row changed, or an answer is awaited.</summary>
    /// <param name="names">The pools.</param>
    /// <param name="since">Taken before that reading.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<bool> HasWorkAsync(IReadOnlyCollection<string> names, ChangeMark since, CancellationToken cancel) =>
        (await PlanningSql.Work.ReadAsync(
            db, row => row.GetBoolean(0), cancel, ("pools", JsonSerializer.Serialize(names)), ("since", (long)since.Value)))[0];
}
