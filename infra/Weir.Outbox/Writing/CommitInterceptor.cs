using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Weir.Outbox.Lanes;

namespace Weir.Outbox.Writing;

/// <summary>
/// Sees commits and wakes the delivery: after SaveChanges where it is its own transaction, else when the explicit or
/// ambient one ends. A commit whose answer was lost wakes it too, because the rows may be there.
/// </summary>
internal sealed class CommitInterceptor<TDbContext>(Lane<TDbContext> lane) : SaveChangesInterceptor, IDbTransactionInterceptor
    where TDbContext : DbContext
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        if (NeedsLane(eventData.Context, out var pending))
        {
            LaneRows.Ensure(lane, eventData.Context!);
            Made(eventData.Context!, pending);
        }

        Saving(eventData.Context);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (NeedsLane(eventData.Context, out var pending))
        {
            await LaneRows.EnsureAsync(lane, eventData.Context!, cancellationToken);
            Made(eventData.Context!, pending);
        }

        Saving(eventData.Context);
        // Only where a transaction is open do they commit with what the context saves.
        if (pending?.IsSavingInside == true)
            await pending.WriteAsync(eventData.Context!, lane.Dialect, lane.Sql(eventData.Context!), lane.Names(eventData.Context!), cancellationToken);
        return result;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Failed(eventData.Context);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Committed(eventData.Context);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Committed(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => RolledBack(eventData.Context);

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        RolledBack(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) => Wake(eventData.Context);

    public Task TransactionFailedAsync(DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Wake(eventData.Context);
        return Task.CompletedTask;
    }

    private bool NeedsLane(DbContext? db, out PendingMessages pending) =>
        PendingMessages.TryGet(db, out pending!) && pending.Unsaved > 0 && !lane.IsKnown;

    private void Made(DbContext db, PendingMessages pending)
    {
        // Inside a transaction the lane's rows are there for good only once it commits.
        if (db.Database.CurrentTransaction is null && Transaction.Current is null) lane.Known();
        else pending.MakesLane = true;
    }

    private static void Saving(DbContext? db)
    {
        if (PendingMessages.TryGet(db, out var pending)) pending.IsSavingInside = pending.Unsaved > 0 && db!.Database.CurrentTransaction is not null;
    }

    private static void Failed(DbContext? db)
    {
        if (PendingMessages.TryGet(db, out var pending)) pending.IsSavingInside = false;
    }

    private void Saved(DbContext? db)
    {
        if (!PendingMessages.TryGet(db, out var pending) || pending.Unsaved == 0) return;

        pending.IsSavingInside = false;
        pending.Saved(db!);
        if (db!.Database.CurrentTransaction is not null)
            pending.IsUncommitted = true;
        else if (Transaction.Current is { } ambient)
            ambient.TransactionCompleted += (_, _) => lane.Signal.Set();
        else
            lane.Signal.Set();
    }

    private void Committed(DbContext? db)
    {
        if (PendingMessages.TryGet(db, out var pending) && pending.MakesLane) lane.Known();
        Wake(db);
    }

    private void Wake(DbContext? db)
    {
        if (!PendingMessages.TryGet(db, out var pending) || !pending.IsUncommitted) return;

        pending.IsUncommitted = false;
        pending.MakesLane = false;
        lane.Signal.Set();
    }

    private static void RolledBack(DbContext? db)
    {
        if (PendingMessages.TryGet(db, out var pending)) (pending.IsUncommitted, pending.MakesLane) = (false, false);
    }
}
