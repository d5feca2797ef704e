using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Weir.Bus;
using Weir.Orchestrator;
using Weir.Persistence;
using Weir.Persistence.Resilience;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;
using Weir.Registry;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Diagnostics.Tests.Stage;

/// <summary>The API as its program runs it, on a port of its own, with as many of the other services beside it as a test wants.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, string folder) => (_app, Folder) = (app, folder);

    /// <summary>Where the key and, on SQLite, the database are.</summary>
    internal string Folder { get; }

    internal HttpClient Http { get; private set; } = null!;

    internal string KeyFile => Path.Combine(Folder, "operator.key");

    internal Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal T Of<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>On a file of its own and a bus within this process.</summary>
    internal static Task<ApiHost> StartAsync(bool withServices = false, Action<IServiceCollection>? add = null, string url = "http://127.0.0.1:0") =>
        StartAsync(DatabaseKind.Sqlite, null, null, withServices, withServices, add, url);

    /// <summary>On a PostgreSQL database that is migrated already, with a bus within this process or a broker.</summary>
    internal static Task<ApiHost> StartAsync(DatabaseAddress database, BrokerAddress? broker, bool registry = false, bool orchestrator = false, Action<IServiceCollection>? add = null) =>
        StartAsync(DatabaseKind.Postgres, database.ConnectionString, broker, registry, orchestrator, add, "http://127.0.0.1:0");

    /// <summary>A client that carries the operator's key.</summary>
    internal async Task<HttpClient> OperatorAsync()
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = Patience.Seconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(KeyFile, Cancel)).Trim());
        return client;
    }

    internal Task WriteAsync(Func<WeirDbContext, CancellationToken, Task> write) =>
        Of<DatabaseResilience>().RunAsync("test.write", (unit, token) => write(unit.Db, token), Cancel);

    internal Task<T> ReadAsync<T>(Func<WeirDbContext, CancellationToken, Task<T>> read) =>
        Of<DatabaseResilience>().RunAsync(new DatabaseCall("test.read") { ReadsOnly = true }, (unit, token) => read(unit.Db, token), Cancel);

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        using (var bound = Patience.Limit(TimeSpan.FromSeconds(20), CancellationToken.None)) await _app.StopAsync(bound.Token);
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    internal static async Task MigrateAsync(DatabaseKind kind, string address)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddWeirPersistence(kind, options => (options.ConnectionString, options.PoolMin) = (address, 0));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<SchemaMigrator>().MigrateAsync(Cancel);
    }

    private static async Task<ApiHost> StartAsync(
        DatabaseKind kind, string? address, BrokerAddress? broker, bool registry, bool orchestrator, Action<IServiceCollection>? add, string url)
    {
        var folder = Directory.CreateTempSubdirectory("weir-api-").FullName;
        if (address is null) await MigrateAsync(kind, address = $"Data Source={Path.Combine(folder, "weir.db")}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddWeirPersistence(kind, options => (options.ConnectionString, options.PoolMin, options.PoolMax) = (address, 0, 10));
        builder.Services.AddWeirSchemaCheck();
        builder.Services.Configure<WeirBusOptions>(options => Point(options, broker));
        builder.Services.Configure<DiagnosticsOptions>(options =>
        {
            options.KeyFile = Path.Combine(folder, "operator.key");
            // A busy machine takes its time; tests of these bounds set their own.
            (options.AnswerTimeout, options.RequestTimeout) = (Patience.Seconds(60), Patience.Seconds(60));
        });
        if (registry) builder.Services.AddWeirRegistry(kind);
        if (orchestrator) builder.Services.AddWeirOrchestrator(kind);
        builder.Services.AddWeirDiagnostics(kind);
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapWeirApi();
        var host = new ApiHost(app, folder);
        var isStarted = false;
        try
        {
            await app.StartAsync(Cancel);
            isStarted = true;
        }
        finally
        {
            if (!isStarted) await app.DisposeAsync();
        }

        host.Http = new HttpClient { BaseAddress = host.Address, Timeout = Patience.Seconds(60) };
        await Eventually.TrueAsync(
            "the bus to be ready",
            async token => (await host.Of<HealthCheckService>().CheckHealthAsync(check => check.Name.StartsWith("weir-b", StringComparison.Ordinal), token)).Status == HealthStatus.Healthy,
            Bound,
            Cancel);
        return host;
    }

    private static void Point(WeirBusOptions options, BrokerAddress? broker)
    {
        options.Transport = broker is null ? BusTransport.InMemory : BusTransport.RabbitMq;
        if (broker is null) return;
        options.Hosts = [broker.Amqp.Host];
        options.Port = broker.Amqp.Port;
        options.VirtualHost = broker.VirtualHost;
        options.User = broker.Credential.UserName;
        options.Password = broker.Credential.Password;
    }
}
