using System.Data.Common;
using Npgsql;
using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Worker.Tests.Sinks;

[Integration]
public sealed class PostgresFencedTableTests : FencedTableScenarios, IAsyncLifetime
{
    private ServerScope _scope = null!;

    public async ValueTask InitializeAsync() =>
        _scope = await (await TestServers.GetAsync(TestContext.Current.CancellationToken)).ScopeAsync("fence", TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    private protected override DbConnection Connect() => new NpgsqlConnection(_scope.Database.ConnectionString);
}
