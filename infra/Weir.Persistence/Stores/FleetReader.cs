using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>Counts the fleet for people: one statement over the streams, one over the workers, one over the pools.</summary>
public sealed class FleetReader(WeirDbContext db, PoolSettingsReader pools)
{
    private static readonly SqlPair Counts = StreamSql.Of(
        $"SELECT {StreamSql.State} AS state, {StreamSql.Worker} AS worker, count(*), coalesce(sum({StreamSql.Weight}), 0) {StreamSql.From} WHERE s.hold <> 'Withdrawn' GROUP BY 1, 2");

    // What one worker has is found by its incarnation, which has an index.
    private static readonly SqlPair Carried = StreamSql.Of(
        $"SELECT count(*), coalesce(sum({StreamSql.Weight}), 0) FROM assignments AS a JOIN streams AS s ON s.stream = a.stream JOIN leases AS l ON l.incarnation = a.incarnation "
        + $"LEFT JOIN reports AS r ON r.stream = s.stream WHERE a.incarnation = @incarnation AND s.hold <> 'Withdrawn' AND {StreamSql.IsOwned}");

    /// <summary>Reads it all.</summary>
    public async Task<FleetReading> ReadAsync(CancellationToken cancel)
    {
        var counts = await Counts.ReadAsync(db, row => (State: row.GetString(0), Worker: row.IsDBNull(1) ? "" : row.GetString(1), Count: row.GetInt64(2), Weight: row.GetDouble(3)), cancel);
        var streams = counts.GroupBy(row => row.State, StringComparer.Ordinal).ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Count), StringComparer.Ordinal);
        var carried = counts.GroupBy(row => row.Worker, StringComparer.Ordinal)
            .ToDictionary(rows => rows.Key, rows => (Count: (int)rows.Sum(row => row.Count), Weight: rows.Sum(row => row.Weight)), StringComparer.Ordinal);
        var workers = await (from worker in db.Workers.AsNoTracking()
                             join lease in db.Leases.AsNoTracking() on worker.Newest equals lease.Incarnation into leases
                             from lease in leases.DefaultIfEmpty()
                             orderby worker.Worker
                             select new { worker, lease }).ToListAsync(cancel);
        return new FleetReading(
            streams,
            [.. workers.Select(row => carried.TryGetValue(row.worker.Worker.Value, out var has) ? new WorkerReading(row.worker, row.lease, has.Count, has.Weight) : new WorkerReading(row.worker, row.lease, 0, 0))],
            (await pools.ReadAsync(cancel)).Pools);
    }

    /// <summary>One worker; null when it is not in the register.</summary>
    public async Task<WorkerReading?> FindAsync(WorkerId worker, CancellationToken cancel)
    {
        if (await db.Workers.AsNoTracking().FirstOrDefaultAsync(row => row.Worker == worker, cancel) is not { } row) return null;
        var lease = await db.Leases.AsNoTracking().FirstOrDefaultAsync(one => one.Incarnation == row.Newest, cancel);
        var (count, weight) = (await Carried.ReadAsync(db, one => (one.GetInt64(0), one.GetDouble(1)), cancel, ("incarnation", row.Newest.Value)))[0];
        return new WorkerReading(row, lease, (int)count, weight);
    }
}
