using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;
using Weir.Core.Registration;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>Writes table <c>workers</c>; Registry's alone.</summary>
public sealed class WorkerStore(WeirDbContext db)
{
    private static readonly SqlPair Upsert = new(Write("now()", "@labels::jsonb"), Write("strftime('%Y-%m-%d %H:%M:%f', 'now')", "@labels"));

    /// <summary>The worker's row; the transaction has the name to itself from here on, also a new one.</summary>
    public async Task<StoredWorker?> TakeAsync(WorkerId worker, CancellationToken cancel)
    {
        await RequestTurn.TakeAsync(db, $"worker/{worker}", cancel);
        return await FindAsync(worker, cancel);
    }

    /// <summary>The worker's row, without a lock.</summary>
    public Task<StoredWorker?> FindAsync(WorkerId worker, CancellationToken cancel) =>
        db.Workers.AsNoTracking().FirstOrDefaultAsync(row => row.Worker == worker, cancel);

    /// <summary>The rows of these workers that exist, without a lock.</summary>
    public async Task<IReadOnlyList<StoredWorker>> FindAsync(IReadOnlyCollection<WorkerId> workers, CancellationToken cancel) =>
        await db.Workers.AsNoTracking().Where(row => workers.Contains(row.Worker)).ToListAsync(cancel);

    /// <summary>Whether an earlier life of the worker was of this process.</summary>
    public Task<bool> HadTheNameAsync(WorkerId worker, string process, CancellationToken cancel) =>
        db.Leases.AnyAsync(lease => lease.Worker == worker && lease.Process == process, cancel);

    /// <summary>Writes a registration that was taken.</summary>
    public Task WriteAsync(WorkerRow row, WorkerProfile profile, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return Upsert.ReadAsync(
            db,
            written => written.GetString(0),
            cancel,
            ("worker", row.Worker.Value),
            ("newest", row.Newest.Value),
            ("process", row.Process),
            ("attempt", row.Attempt),
            ("pool", profile.Pool),
            ("capacity", profile.Capacity),
            ("version", (object?)profile.Version ?? DBNull.Value),
            ("labels", profile.Labels),
            ("cordoned", row.Cordoned),
            ("draining", row.Draining));
    }

    /// <summary>Begins a drain of one life, or of whichever is newest.</summary>
    /// <returns>False when there is no such life, or it is being emptied already.</returns>
    public async Task<bool> DrainAsync(WorkerId worker, Incarnation incarnation, CancellationToken cancel) =>
        await db.Workers.Where(row => row.Worker == worker && !row.Draining && (incarnation == Incarnation.None || row.Newest == incarnation))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Draining, true), cancel) == 1;

    /// <summary>Keeps new streams away.</summary>
    /// <returns>False when there is no such worker, or it is cordoned already.</returns>
    public async Task<bool> CordonAsync(WorkerId worker, CancellationToken cancel) =>
        await db.Workers.Where(row => row.Worker == worker && !row.Cordoned).ExecuteUpdateAsync(set => set.SetProperty(row => row.Cordoned, true), cancel) == 1;

    /// <summary>Ends a cordon and a drain.</summary>
    /// <returns>False when there was neither.</returns>
    public async Task<bool> UncordonAsync(WorkerId worker, CancellationToken cancel) =>
        await db.Workers.Where(row => row.Worker == worker && (row.Cordoned || row.Draining))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Cordoned, false).SetProperty(row => row.Draining, false), cancel) == 1;

    /// <summary>Strikes the worker from the register. Its leases stay, for others may have to wait for them.</summary>
    public Task ForgetAsync(WorkerId worker, CancellationToken cancel) => db.Workers.Where(row => row.Worker == worker).ExecuteDeleteAsync(cancel);

    /// <summary>Whether no assignment names this life any more.</summary>
    public async Task<bool> IsEmptyAsync(Incarnation incarnation, CancellationToken cancel) =>
        !await db.Assignments.AnyAsync(row => row.Incarnation == incarnation && row.State != Core.Assignments.AssignmentState.Unowned, cancel);

    private static string Write(string now, string labels) =>
        "INSERT INTO workers (worker, newest, process, attempt, pool, capacity, version, labels, cordoned, draining, registered_at) "
        + $"VALUES (@worker, @newest, @process, @attempt, @pool, @capacity, @version, {labels}, @cordoned, @draining, {now}) "
        + "ON CONFLICT (worker) DO UPDATE SET newest = excluded.newest, process = excluded.process, attempt = excluded.attempt, pool = excluded.pool, "
        + "capacity = excluded.capacity, version = excluded.version, labels = excluded.labels, cordoned = excluded.cordoned, draining = excluded.draining, "
        + "registered_at = excluded.registered_at RETURNING worker";
}
