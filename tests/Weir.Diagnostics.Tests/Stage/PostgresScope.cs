using Weir.Persistence.Settings;
using Weir.Testing.Servers;

namespace Weir.Diagnostics.Tests.Stage;

/// <summary>A virtual host and a migrated database of one test class's own.</summary>
public sealed class PostgresScope : IAsyncLifetime
{
    private ServerScope _scope = null!;

    internal BrokerAddress Broker => _scope.Broker;

    internal DatabaseAddress Database => _scope.Database;

    public async ValueTask InitializeAsync()
    {
        _scope = await (await TestServers.GetAsync(TestContext.Current.CancellationToken)).ScopeAsync("api", TestContext.Current.CancellationToken);
        await ApiHost.MigrateAsync(DatabaseKind.Postgres, Database.Unpooled().ConnectionString);
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
