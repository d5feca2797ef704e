using Microsoft.Extensions.DependencyInjection;
using Weir.Persistence;
using Weir.Persistence.Resilience;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;
using Weir.Testing.Servers;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>The migrated tables without a service, for tests whose replicas are processes of their own.</summary>
internal sealed class PlainStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private PlainStore(ServiceProvider services) => _services = services;

    internal Given Given => new(_services.GetRequiredService<DatabaseResilience>());

    internal static async Task<PlainStore> OpenAsync(DatabaseAddress database)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddWeirPersistence(DatabaseKind.Postgres, options => (options.ConnectionString, options.PoolMin) = (database.ConnectionString, 0));
        var store = new PlainStore(services.BuildServiceProvider());
        await store._services.GetRequiredService<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        return store;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
