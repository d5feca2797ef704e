using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>
/// Writes table <c>leases</c>; Registry's alone. Each write is one conditional statement over a whole batch, whose condition is the
/// core's rule, and returns the rows it changed; the rows are locked in the order of their incarnations, so that two batches that
/// overlap wait for one another and never dead-lock.
/// </summary>
public sealed class LeaseStore(WeirDbContext db)
{
    private readonly Dictionary<Incarnation, LifeProcess> _processes = [];

    /// <summary>Renews what the beats may renew. Several beats of one incarnation count as their highest.</summary>
    /// <returns>Only what was renewed. For a beat that is not among them, <see cref="FindAsync"/> and the core say why.</returns>
    public Task<IReadOnlyList<RenewedLease>> RenewAsync(IReadOnlyCollection<Beat> beats, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(beats);
        return RenewAsync([.. beats.Select(beat => new BeatReading(beat, default))], cancel);
    }

    /// <summary>As <see cref="RenewAsync(IReadOnlyCollection{Beat}, CancellationToken)"/>, with what the process measured of itself.</summary>
    public async Task<IReadOnlyList<RenewedLease>> RenewAsync(IReadOnlyCollection<BeatReading> beats, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(beats);
        if (beats.Count == 0) return [];

        var latest = beats
            .GroupBy(reading => reading.Beat.Incarnation)
            .Select(life => life.Aggregate((left, right) => Renewal.Later(left.Beat, right.Beat) == left.Beat ? left : right))
            .ToList();
        var known = db.Database.IsSqlite() ? await BeforeAsync([.. latest.Select(reading => reading.Beat.Incarnation)], cancel) : null;
        return await LeaseSql.Renew.ReadAsync(
            db, row => Renewed(row, known), cancel, ("rows", JsonSerializer.Serialize(latest.Select(BeatRow.Of))), ("every", (long)Renewal.MarkEvery));
    }

    /// <summary>What a silence watch looks at: every lease that somebody may still have to wait for.</summary>
    /// <param name="ttlLongest">The longest lease of any pool.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<WatchedLease>> WatchedAsync(TimeSpan ttlLongest, CancellationToken cancel) =>
        await LeaseSql.Watched.ReadAsync(db, WatchedLease.Read, cancel, ("ttl", (long)ttlLongest.TotalMilliseconds));

    /// <summary>
    /// Writes down silences, and ends the leases that were silent for too long: a renewal in between wins. Writes down too whose commands
    /// lie unread, whatever came in between but their reading.
    /// </summary>
    /// <returns>Only what was written.</returns>
    public async Task<IReadOnlyList<WrittenMark>> MarkAsync(IReadOnlyCollection<QuietMark> marks, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(marks);
        if (marks.Count == 0) return [];

        var rows = marks
            .GroupBy(mark => mark.Incarnation)
            .Select(life => life.MaxBy(mark => (mark.Sequence, mark.Quiet)))
            .Select(mark => new { incarnation = mark.Incarnation.Value, sequence = mark.Sequence, quiet_ms = (long)mark.Quiet.TotalMilliseconds, fence = mark.Fence, commands_unread = mark.CommandsUnread, unread_mark = mark.UnreadMark });
        var known = db.Database.IsSqlite() ? await BeforeAsync([.. marks.Select(mark => mark.Incarnation)], cancel) : null;
        return await LeaseSql.Mark.ReadAsync(db, row => Written(row, known), cancel, ("rows", JsonSerializer.Serialize(rows)));
    }

    /// <summary>Adds the lease of a registration just taken, and ends those of the worker's earlier incarnations.</summary>
    /// <returns>The incarnations that were Live and are Fenced now.</returns>
    public async Task<IReadOnlyList<Incarnation>> BeginAsync(LeaseRow lease, CancellationToken cancel)
    {
        var ended = await LeaseSql.FenceEarlier.ReadAsync(
            db, row => new Incarnation(row.GetInt64(0)), cancel, ("worker", lease.Worker.Value), ("incarnation", lease.Incarnation.Value));
        db.Leases.Add(StoredLease.From(lease));
        await db.SaveChangesAsync(cancel);
        return ended;
    }

    /// <summary>The worker said that no handler of this life runs and none will.</summary>
    /// <returns>False when the life is unknown.</returns>
    public async Task<bool> StopAsync(Incarnation incarnation, CancellationToken cancel) =>
        (await LeaseSql.Stop.ReadAsync(db, row => row.GetInt64(0), cancel, ("incarnation", incarnation.Value))).Count == 1;

    /// <summary>The rows as they are, those that exist, without a lock.</summary>
    public async Task<IReadOnlyList<LeaseRow>> FindAsync(IReadOnlyCollection<Incarnation> incarnations, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(incarnations);
        var wanted = db.Database.IsSqlite()
            ? db.Leases.Where(lease => incarnations.Contains(lease.Incarnation))
            // A look into the index for each of them: PostgreSQL would rather read the whole table of a fleet that is not large.
            : db.Leases.FromSqlRaw(
                """
                SELECT lease.* FROM unnest({0}) AS wanted (incarnation)
                CROSS JOIN LATERAL (SELECT * FROM leases WHERE leases.incarnation = wanted.incarnation LIMIT 1) AS lease
                """,
                (object)incarnations.Select(incarnation => incarnation.Value).Distinct().ToArray());
        var rows = await wanted.AsNoTracking().ToListAsync(cancel);
        foreach (var row in rows) _processes[row.Incarnation] = new LifeProcess(row.Worker, row.Process);
        return [.. rows.Select(row => row.ToRow())];
    }

    /// <summary>Whose lives these are, and in which process; of those that exist. What this store has read before is not read again, for it never changes.</summary>
    public async Task<IReadOnlyDictionary<Incarnation, LifeProcess>> WhereAsync(IReadOnlyCollection<Incarnation> incarnations, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(incarnations);
        Incarnation[] unknown = [.. incarnations.Where(incarnation => !_processes.ContainsKey(incarnation))];
        if (unknown.Length > 0) await FindAsync(unknown, cancel);
        return _processes;
    }

    // Before SQLite writes, and it has no other writer: what is so now is what the statement finds.
    private async Task<Dictionary<Incarnation, LeaseBefore>> BeforeAsync(IReadOnlyList<Incarnation> incarnations, CancellationToken cancel)
    {
        var rows = await db.Leases.AsNoTracking()
            .Where(lease => incarnations.Contains(lease.Incarnation))
            .Select(lease => new LeaseBefore(
                lease.Incarnation, lease.Worker, lease.Process, lease.State, lease.Quiet, db.Workers.FirstOrDefault(worker => worker.Worker == lease.Worker && worker.Newest == lease.Incarnation)))
            .ToListAsync(cancel);
        return rows.ToDictionary(row => row.Incarnation);
    }

    private static RenewedLease Renewed(DbDataReader row, Dictionary<Incarnation, LeaseBefore>? known)
    {
        var renewed = new RenewedLease(new(row.GetInt64(0)), row.GetInt64(1), row.GetInt64(2));
        if (known is not null && known[renewed.Incarnation] is var before)
            return renewed with { Worker = before.Worker, Process = before.Process, QuietBefore = before.Quiet, Pool = before.Newest?.Pool, Draining = before.Newest?.Draining ?? false, Cordoned = before.Newest?.Cordoned ?? false };
        return renewed with
        {
            Worker = WorkerId.Parse(row.GetString(3)),
            Process = row.GetString(4),
            QuietBefore = TimeSpan.FromMilliseconds(row.GetInt64(5)),
            Pool = row.IsDBNull(6) ? null : row.GetString(6),
            Draining = !row.IsDBNull(7) && row.GetBoolean(7),
            Cordoned = !row.IsDBNull(8) && row.GetBoolean(8),
        };
    }

    private static WrittenMark Written(DbDataReader row, Dictionary<Incarnation, LeaseBefore>? known)
    {
        var incarnation = new Incarnation(row.GetInt64(0));
        var fenced = row.GetString(2) == nameof(LeaseState.Fenced);
        var wasLive = known is null ? row.GetString(3) == nameof(LeaseState.Live) : known[incarnation].State == LeaseState.Live;
        var before = known is null ? TimeSpan.FromMilliseconds(row.GetInt64(4)) : known[incarnation].Quiet;
        return new WrittenMark(incarnation, TimeSpan.FromMilliseconds(row.GetInt64(1)), fenced, fenced && wasLive) { QuietBefore = before };
    }
}
