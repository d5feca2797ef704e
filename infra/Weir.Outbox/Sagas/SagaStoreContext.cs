using System.Data.Common;
using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Weir.Outbox.Writing;

namespace Weir.Outbox.Sagas;

/// <summary>One message's way into a saga: find or make the instance, save it when the state machine is done.</summary>
internal sealed class SagaStoreContext<TSaga, T>(
    DbContext db, ConsumeContext<T> context, ISagaConsumeContextFactory<DbContext, TSaga> contexts, SagaSettings<TSaga> settings)
    : ConsumeContextScope<T>(context), SagaRepositoryContext<TSaga, T>
    where TSaga : class, ISaga
    where T : class
{
    private readonly ConsumeContext<T> _context = context;

    public Task<SagaConsumeContext<TSaga, T>> Add(TSaga instance) =>
        contexts.CreateSagaConsumeContext(db, _context, instance, SagaConsumeContextMode.Add);

    /// <summary>Null where another message made the instance first: the caller loads it then, in the same transaction.</summary>
    public async Task<SagaConsumeContext<TSaga, T>> Insert(TSaga instance)
    {
        var entry = db.Add(instance);
        try
        {
            // EF's savepoint keeps the transaction usable after a refused insert.
            await db.SaveChangesAsync(CancellationToken);
            return await contexts.CreateSagaConsumeContext(db, _context, instance, SagaConsumeContextMode.Insert);
        }
        catch (DbUpdateException e) when (e.InnerException is DbException inner && settings.Dialect.IsUniqueViolation(inner))
        {
            entry.State = EntityState.Detached;
            return null!;
        }
    }

    public async Task<SagaConsumeContext<TSaga, T>> Load(Guid correlationId)
    {
        var instance = await FindAsync(correlationId);
        return instance is null ? null! : await contexts.CreateSagaConsumeContext(db, _context, instance, SagaConsumeContextMode.Load);
    }

    public async Task<IReadOnlyList<TSaga>> FindAsync(ISagaQuery<TSaga> query)
    {
        if (!IsLocking) return await db.Set<TSaga>().AsTracking().Where(query.FilterExpression).ToListAsync(CancellationToken);

        // In order of their keys, so that two queries that share instances wait in one direction only.
        var ids = await db.Set<TSaga>().Where(query.FilterExpression).Select(saga => saga.CorrelationId).ToListAsync(CancellationToken);
        var found = new List<TSaga>(ids.Count);
        foreach (var id in ids.Order())
            if (await FindAsync(id) is { } saga) found.Add(saga);
        return found;
    }

    public Task Save(SagaConsumeContext<TSaga> context)
    {
        db.Add(context.Saga);
        return db.SaveOrFailAsync(CancellationToken);
    }

    public Task Update(SagaConsumeContext<TSaga> context) => db.SaveOrFailAsync(CancellationToken);

    public Task Delete(SagaConsumeContext<TSaga> context)
    {
        db.Remove(context.Saga);
        return db.SaveOrFailAsync(CancellationToken);
    }

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> context)
    {
        db.Entry(context.Saga).State = EntityState.Unchanged;
        return Task.CompletedTask;
    }

    public Task<SagaConsumeContext<TSaga, TMessage>> CreateSagaConsumeContext<TMessage>(
        ConsumeContext<TMessage> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where TMessage : class => contexts.CreateSagaConsumeContext(db, consumeContext, instance, mode);

    private bool IsLocking => settings.Mode == ConcurrencyMode.Pessimistic && settings.Dialect.ForUpdate.Length > 0;

    private async Task<TSaga?> FindAsync(Guid id)
    {
        if (!IsLocking) return await db.Set<TSaga>().AsTracking().SingleOrDefaultAsync(saga => saga.CorrelationId == id, CancellationToken);

        var locked = await db.Set<TSaga>().FromSqlRaw(SagaLock.Text<TSaga>(db, settings.Dialect), id).AsTracking().ToListAsync(CancellationToken);
        return locked.SingleOrDefault();
    }
}
