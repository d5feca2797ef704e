using Weir.Testing.Servers;

namespace Weir.Bus.Tests.Bench;

/// <summary>A virtual host of one test class's own, with its management view.</summary>
public sealed class BrokerScope : IAsyncLifetime
{
    private ServerScope _scope = null!;

    internal BrokerAddress Broker => _scope.Broker;

    internal DatabaseAddress Database => _scope.Database;

    internal BrokerView View { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _scope = await (await TestServers.GetAsync(TestContext.Current.CancellationToken)).ScopeAsync("bus", TestContext.Current.CancellationToken);
        View = new BrokerView(_scope.Broker);
    }

    public async ValueTask DisposeAsync()
    {
        View.Dispose();
        await _scope.DisposeAsync();
    }
}
