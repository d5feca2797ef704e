using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Weir.Bus;
using Weir.Persistence;
using Weir.Persistence.Resilience;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Registry.Tests.Stage;

/// <summary>One replica of the service, as its program would run it.</summary>
internal sealed class RegistryHost : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private readonly IHost _host;
    private readonly string? _file;

    private RegistryHost(IHost host, string? file) => (_host, _file) = (host, file);

    internal DatabaseResilience Database => Of<DatabaseResilience>();

    internal static async Task MigrateAsync(DatabaseAddress database, CancellationToken cancel)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddWeirPersistence(DatabaseKind.Postgres, options => options.ConnectionString = database.Unpooled().ConnectionString);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<SchemaMigrator>().MigrateAsync(cancel);
    }

    /// <summary>On real servers.</summary>
    internal static Task<RegistryHost> StartAsync(BrokerAddress broker, DatabaseAddress database, Action<IServiceCollection>? add = null) =>
        StartAsync(DatabaseKind.Postgres, database.ConnectionString, null, options => Point(options, broker), add ?? (_ => { }));

    /// <summary>In this process alone: no broker, and a file of its own.</summary>
    internal static async Task<RegistryHost> StartAloneAsync(Action<IServiceCollection> add)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("weir-registry-").FullName, "weir.db");
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddWeirPersistence(DatabaseKind.Sqlite, options => options.ConnectionString = $"Data Source={file}");
        await using (var provider = services.BuildServiceProvider()) await provider.GetRequiredService<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        return await StartAsync(DatabaseKind.Sqlite, $"Data Source={file}", file, options => options.Transport = BusTransport.InMemory, add);
    }

    internal T Of<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    internal async Task<HealthReportEntry> HealthAsync(string check) =>
        (await Of<HealthCheckService>().CheckHealthAsync(one => one.Name == check, TestContext.Current.CancellationToken)).Entries[check];

    internal Task<T> ReadAsync<T>(Func<WeirDbContext, CancellationToken, Task<T>> read) =>
        Database.RunAsync(new DatabaseCall("test.read") { ReadsOnly = true }, (unit, token) => read(unit.Db, token), TestContext.Current.CancellationToken);

    internal Task WriteAsync(FormattableString sql) =>
        Database.RunAsync("test.write", (unit, token) => unit.Db.Database.ExecuteSqlAsync(sql, token), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var bound = Patience.Limit(TimeSpan.FromSeconds(15), CancellationToken.None);
        await _host.StopAsync(bound.Token);
        _host.Dispose();
        if (_file is null) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    private static async Task<RegistryHost> StartAsync(DatabaseKind kind, string database, string? file, Action<WeirBusOptions> point, Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMetrics();
        builder.Services.AddWeirPersistence(kind, options =>
        {
            options.ConnectionString = database;
            options.PoolMin = 0;
            options.PoolMax = 10;
            options.PoolFiguresFor = TimeSpan.FromMilliseconds(200);
        });
        builder.Services.AddWeirSchemaCheck();
        builder.Services.AddWeirRegistry(kind);
        builder.Services.Configure<WeirBusOptions>(point);
        add(builder.Services);
        var host = new RegistryHost(builder.Build(), file);
        var cancel = TestContext.Current.CancellationToken;
        await host._host.StartAsync(cancel);
        await Eventually.TrueAsync("the replica to be ready", host.IsReadyAsync, Bound, cancel);
        return host;
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancel) =>
        (await Of<HealthCheckService>().CheckHealthAsync(check => check.Name.StartsWith("weir", StringComparison.Ordinal), cancel)).Status == HealthStatus.Healthy
        && (Of<Microsoft.Extensions.Options.IOptions<WeirBusOptions>>().Value.Transport == BusTransport.InMemory || Of<Silence.CanaryState>().Now.Back > 0);

    private static void Point(WeirBusOptions options, BrokerAddress broker)
    {
        options.Hosts = [broker.Amqp.Host];
        options.Port = broker.Amqp.Port;
        options.VirtualHost = broker.VirtualHost;
        options.User = broker.Credential.UserName;
        options.Password = broker.Credential.Password;
    }
}
