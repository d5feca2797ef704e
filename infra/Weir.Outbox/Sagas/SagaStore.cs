using MassTransit;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Weir.Outbox.Writing;

namespace Weir.Outbox.Sagas;

/// <summary>Runs a saga's work in a transaction: the inbox's where it has opened one on this context, else one of its own.</summary>
internal sealed class SagaStore<TDbContext, TSaga>(
    TDbContext db, ISagaConsumeContextFactory<DbContext, TSaga> contexts, SagaSettings<TSaga> settings)
    : ISagaRepositoryContextFactory<TSaga>, IQuerySagaRepositoryContextFactory<TSaga>, ILoadSagaRepositoryContextFactory<TSaga>
    where TDbContext : DbContext
    where TSaga : class, ISaga
{
    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class => InTransactionAsync(
            () => next.Send(new SagaStoreContext<TSaga, T>(db, context, contexts, settings)), context.CancellationToken);

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class => InTransactionAsync(
            async () =>
            {
                var store = new SagaStoreContext<TSaga, T>(db, context, contexts, settings);
                var found = await store.FindAsync(query);
                await next.Send(new LoadedSagaRepositoryQueryContext<TSaga, T>(store, found));
            },
            context.CancellationToken);

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class => asyncMethod(new SagaReadContext<TSaga>(db, cancellationToken));

    public Task<T> Execute<T>(Func<QuerySagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class => asyncMethod(new SagaReadContext<TSaga>(db, cancellationToken));

    public void Probe(ProbeContext context) => context.Add("persistence", "weir-entityframework");

    private async Task InTransactionAsync(Func<Task> work, CancellationToken cancel)
    {
        SagaModel.Check<TSaga>(db.Model, settings.Mode == ConcurrencyMode.Optimistic);
        if (db.Database.CurrentTransaction is not null)
        {
            await work();
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(settings.IsolationLevel, cancel);
        var pending = PendingMessages.Of(db);
        pending.IsGuarded = true;
        var isCommitted = false;
        try
        {
            await work();
            await transaction.CommitAsync(cancel);
            isCommitted = true;
        }
        finally
        {
            pending.IsGuarded = false;
            // A scope may outlive the attempt; what a failed one tracked must not be saved by whatever follows.
            if (!isCommitted) db.ChangeTracker.Clear();
        }
    }
}
