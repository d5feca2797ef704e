using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Weir.Outbox.TestHost.Shop;

namespace Weir.Outbox.TestHost.Faults;

/// <summary>The points round saving and committing. A context that tracks an order is a consumer's, one that tracks nothing is the delivery's.</summary>
internal sealed class FaultInterceptor(PlannedFault fault) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (IsLast(eventData.Context)) fault.At(FaultPoint.Saving);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.EntitiesSavedCount > 0 && IsConsumer(eventData.Context)) fault.At(FaultPoint.Saved);
        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        fault.At(IsConsumer(eventData.Context) ? FaultPoint.Committing : FaultPoint.DeliveryCommitting);
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        fault.At(IsConsumer(eventData.Context) ? FaultPoint.Committed : FaultPoint.DeliveryCommitted);
        return Task.CompletedTask;
    }

    private static bool IsConsumer(DbContext? db) => db is not null && db.ChangeTracker.Entries<Order>().Any();

    private static bool IsLast(DbContext? db) => IsConsumer(db) && db!.ChangeTracker.Entries<OutboxMessage>().Any();
}
