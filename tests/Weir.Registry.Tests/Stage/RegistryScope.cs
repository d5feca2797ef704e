using Weir.Testing.Servers;

namespace Weir.Registry.Tests.Stage;

/// <summary>A virtual host and a migrated database of one test class's own.</summary>
public sealed class RegistryScope : IAsyncLifetime
{
    private ServerScope _scope = null!;

    internal BrokerAddress Broker => _scope.Broker;

    internal DatabaseAddress Database => _scope.Database;

    public async ValueTask InitializeAsync()
    {
        _scope = await (await TestServers.GetAsync(TestContext.Current.CancellationToken)).ScopeAsync("registry", TestContext.Current.CancellationToken);
        await RegistryHost.MigrateAsync(Database, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
