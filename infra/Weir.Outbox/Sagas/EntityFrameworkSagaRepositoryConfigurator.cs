using System.Data;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weir.Outbox.Dialects;
using Weir.Outbox.Sagas;
using Weir.Outbox.Writing;

namespace Weir.Outbox;

/// <summary>Options of a saga's repository.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
public sealed class EntityFrameworkSagaRepositoryConfigurator<TSaga>
    where TSaga : class, ISaga
{
    private OutboxDialect? _dialect;
    private Action<IServiceCollection>? _register;

    internal EntityFrameworkSagaRepositoryConfigurator()
    {
    }

    /// <summary>How two events for one instance at the same time are kept apart.</summary>
    /// <value><see cref="Outbox.ConcurrencyMode.Optimistic"/>.</value>
    public ConcurrencyMode ConcurrencyMode { get; set; } = ConcurrencyMode.Optimistic;

    /// <summary>Of the repository's own transaction, where no outbox has opened one.</summary>
    /// <value><see cref="IsolationLevel.ReadCommitted"/>.</value>
    public IsolationLevel IsolationLevel { get; set; } = IsolationLevel.ReadCommitted;

    /// <summary>The DbContext that holds the saga; it must be registered.</summary>
    public void ExistingDbContext<TDbContext>()
        where TDbContext : DbContext => _register = services =>
        {
            services.ConfigureDbContext<TDbContext>((_, db) => db.AddInterceptors(ReopeningInterceptor.Instance, SagaVersionInterceptor.Instance));
            services.RegisterLoadSagaRepository<TSaga, SagaStore<TDbContext, TSaga>>();
            services.RegisterQuerySagaRepository<TSaga, SagaStore<TDbContext, TSaga>>();
            services.RegisterSagaRepository<TSaga, DbContext, SagaConsumeContextFactory<DbContext, TSaga>, SagaStore<TDbContext, TSaga>>();
        };

    /// <summary>The DbContext uses Npgsql.</summary>
    public void UsePostgres() => _dialect = new PostgresDialect();

    /// <summary>The DbContext uses SQLite.</summary>
    public void UseSqlite() => _dialect = new SqliteDialect();

    internal void Register(IServiceCollection services)
    {
        var dialect = _dialect ?? throw new ConfigurationException($"The repository of {typeof(TSaga).Name} must know its database: call UsePostgres() or UseSqlite().");
        var register = _register ?? throw new ConfigurationException($"The repository of {typeof(TSaga).Name} must know its DbContext: call ExistingDbContext<TDbContext>().");
        services.TryAddSingleton(new SagaSettings<TSaga>(dialect, ConcurrencyMode, IsolationLevel));
        register(services);
    }
}
