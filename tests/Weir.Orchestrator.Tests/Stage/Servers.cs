using Weir.Testing.Servers;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>A virtual host and a migrated database of one test's own.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly ServerScope _scope;

    private Servers(ServerScope scope) => _scope = scope;

    internal BrokerAddress Broker => _scope.Broker;

    internal DatabaseAddress Database => _scope.Database;

    internal static async Task<Servers> OpenAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        return new Servers(await (await TestServers.GetAsync(cancel)).ScopeAsync("orch", cancel));
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
