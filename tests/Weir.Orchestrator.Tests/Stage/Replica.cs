using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Bus;
using Weir.Persistence;
using Weir.Persistence.Resilience;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>One replica of Orchestrator on real servers, as its program would run it.</summary>
internal sealed class Replica : IAsyncDisposable
{
    internal static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly IHost _host;
    private int _isStopped;

    private Replica(IHost host) => _host = host;

    internal IServiceProvider Services => _host.Services;

    internal Given Given => new(_host.Services.GetRequiredService<DatabaseResilience>());

    internal static async Task<Replica> StartAsync(Servers servers, string name = "r1", Action<OrchestratorOptions>? change = null, bool isOnBus = true, DatabaseAddress? database = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Weir.Orchestrator", LogLevel.Information).AddProvider(new TestOutput(name));
        builder.Services.AddWeirPersistence(DatabaseKind.Postgres, options =>
        {
            options.ConnectionString = (database ?? servers.Database).ConnectionString;
            options.PoolMin = 0;
            options.RetryBase = TimeSpan.FromMilliseconds(20);
        });
        builder.Services.AddWeirOrchestrator(DatabaseKind.Postgres);
        builder.Services.Configure<OrchestratorOptions>(options =>
        {
            options.Replica = name;
            change?.Invoke(options);
        });
        builder.Services.Configure<WeirBusOptions>(options => Point(options, isOnBus ? servers.Broker : null));
        var replica = new Replica(builder.Build());
        var cancel = TestContext.Current.CancellationToken;
        await replica.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancel);
        await replica._host.StartAsync(cancel);
        await Eventually.TrueAsync("the bus to be there", async token => await replica.HealthAsync(token) == HealthStatus.Healthy, Bound, cancel);
        return replica;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 1) return;
        using var bound = Patience.Limit(Bound, CancellationToken.None);
        await _host.StopAsync(bound.Token);
        _host.Dispose();
    }

    internal async Task<HealthStatus> HealthAsync(CancellationToken cancel) =>
        (await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name.StartsWith("weir", StringComparison.Ordinal), cancel)).Status;

    private static void Point(WeirBusOptions options, BrokerAddress? broker)
    {
        if (broker is null)
        {
            options.Transport = BusTransport.InMemory;
            return;
        }

        (options.Hosts, options.Port, options.VirtualHost) = ([broker.Amqp.Host], broker.Amqp.Port, broker.VirtualHost);
        (options.User, options.Password) = (broker.Credential.UserName, broker.Credential.Password);
    }
}
