using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Maps;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>
/// Writes table <c>leases</c>; Registry's alone. Each write is one conditional statement over a whole batch, whose condition is the
/// core's rule, and returns the rows it changed; the rows are locked in the order of their incarnations, so that two batches that
/// overlap wait for one another and never dead-lock.
/// </summary>
public sealed class LeaseStore(WeirDbContext db)
{
    /// <summary>Renews what the beats may renew. Several beats of one incarnation count as their highest.</summary>
    /// <returns>Only what was renewed. For a beat that is not among them, <see cref="FindAsync"/> and the core say why.</returns>
    public async Task<IReadOnlyList<RenewedLease>> RenewAsync(IReadOnlyCollection<Beat> beats, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(beats);
        if (beats.Count == 0) return [];

        var rows = beats
            .GroupBy(beat => beat.Incarnation)
            .Select(life => life.Aggregate((left, right) => Renewal.Later(left, right)))
            .Select(beat => new { worker = beat.Worker.Value, incarnation = beat.Incarnation.Value, sequence = beat.Sequence, digest = Bits64Converter.ToSigned(beat.Digest), mark_read = beat.MarkRead, stuck = beat.Stuck });
        return await LeaseSql.Renew.ReadAsync(
            db,
            row => new RenewedLease(new(row.GetInt64(0)), row.GetInt64(1), row.GetInt64(2)),
            cancel,
            ("rows", JsonSerializer.Serialize(rows)),
            ("every", (long)Renewal.MarkEvery));
    }

    /// <summary>Writes down silences, and ends the leases that were silent for too long. A renewal in between wins.</summary>
    /// <returns>Only what was written.</returns>
    public async Task<IReadOnlyList<WrittenMark>> MarkAsync(IReadOnlyCollection<QuietMark> marks, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(marks);
        if (marks.Count == 0) return [];

        var rows = marks
            .GroupBy(mark => mark.Incarnation)
            .Select(life => life.MaxBy(mark => (mark.Sequence, mark.Quiet)))
            .Select(mark => new { incarnation = mark.Incarnation.Value, sequence = mark.Sequence, quiet_ms = (long)mark.Quiet.TotalMilliseconds, fence = mark.Fence, commands_unread = mark.CommandsUnread });
        var live = db.Database.IsSqlite() ? await LiveAmongAsync([.. marks.Select(mark => mark.Incarnation)], cancel) : null;
        return await LeaseSql.Mark.ReadAsync(db, row => Written(row, live), cancel, ("rows", JsonSerializer.Serialize(rows)));
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
        await db.Leases.Where(lease => lease.Incarnation == incarnation)
            .ExecuteUpdateAsync(set => set.SetProperty(lease => lease.State, LeaseState.Fenced).SetProperty(lease => lease.Stopped, true), cancel) == 1;

    /// <summary>The rows as they are, those that exist, without a lock.</summary>
    public async Task<IReadOnlyList<LeaseRow>> FindAsync(IReadOnlyCollection<Incarnation> incarnations, CancellationToken cancel)
    {
        var rows = await db.Leases.AsNoTracking().Where(lease => incarnations.Contains(lease.Incarnation)).ToListAsync(cancel);
        return [.. rows.Select(row => row.ToRow())];
    }

    // Before SQLite writes, and it has no other writer: what is Live now is what the statement finds.
    private async Task<HashSet<Incarnation>> LiveAmongAsync(IReadOnlyList<Incarnation> incarnations, CancellationToken cancel) =>
        [.. await db.Leases.Where(lease => incarnations.Contains(lease.Incarnation) && lease.State == LeaseState.Live).Select(lease => lease.Incarnation).ToListAsync(cancel)];

    private static WrittenMark Written(DbDataReader row, HashSet<Incarnation>? live)
    {
        var incarnation = new Incarnation(row.GetInt64(0));
        var fenced = row.GetString(2) == nameof(LeaseState.Fenced);
        var wasLive = live?.Contains(incarnation) ?? row.GetString(3) == nameof(LeaseState.Live);
        return new WrittenMark(incarnation, TimeSpan.FromMilliseconds(row.GetInt64(1)), fenced, fenced && wasLive);
    }
}
