using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Persistence.Resilience;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Tests.Stage;

/// <summary>A database with Weir's tables and a process's worth of services on it.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string? _file;

    private Store(ServiceProvider services, LogCapture logs, string connectionString, string? file)
    {
        _services = services;
        Logs = logs;
        ConnectionString = connectionString;
        _file = file;
    }

    internal string ConnectionString { get; }

    internal LogCapture Logs { get; }

    internal IServiceProvider Services => _services;

    internal DatabaseResilience Database => _services.GetRequiredService<DatabaseResilience>();

    internal SchemaMigrator Migrator => _services.GetRequiredService<SchemaMigrator>();

    internal SchemaInspector Inspector => _services.GetRequiredService<SchemaInspector>();

    /// <summary>Either database, migrated.</summary>
    internal static async Task<Store> OfAsync(
        DatabaseKind kind, SharedPostgres postgres, CancellationToken cancel, Action<DatabaseOptions>? configure = null, TimeProvider? clock = null, Action<IServiceCollection>? more = null)
    {
        var store = kind == DatabaseKind.Postgres
            ? On((await postgres.DatabaseAsync(cancel)).ConnectionString, configure, clock, more)
            : InFile(configure, clock, more);
        await store.Migrator.MigrateAsync(cancel);
        return store;
    }

    /// <summary>A process on a PostgreSQL database that may have anything in it.</summary>
    internal static Store On(string connectionString, Action<DatabaseOptions>? configure = null, TimeProvider? clock = null, Action<IServiceCollection>? more = null) =>
        Build(DatabaseKind.Postgres, connectionString, configure, clock, file: null, more);

    /// <summary>A process on a file of its own that is not there yet.</summary>
    internal static Store InFile(Action<DatabaseOptions>? configure = null, TimeProvider? clock = null, Action<IServiceCollection>? more = null)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("weir-store-").FullName, "weir.db");
        return Build(DatabaseKind.Sqlite, $"Data Source={file}", configure, clock, file, more);
    }

    /// <summary>Runs work without looking at what it returns.</summary>
    internal Task RunAsync(Func<WeirDbContext, CancellationToken, Task> work, CancellationToken cancel) =>
        Database.RunAsync("test", (unit, token) => work(unit.Db, token), cancel);

    /// <summary>Runs work with one of the services of its scope.</summary>
    internal Task<T> RunAsync<TService, T>(Func<TService, CancellationToken, Task<T>> work, CancellationToken cancel)
        where TService : notnull =>
        Database.RunAsync("test", (unit, token) => work(unit.Services.GetRequiredService<TService>(), token), cancel);

    internal Task<List<T>> QueryAsync<T>(FormattableString sql, CancellationToken cancel) =>
        Database.RunAsync("query", (unit, token) => unit.Db.Database.SqlQuery<T>(sql).ToListAsync(token), cancel);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_file is null) return;

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    private static Store Build(DatabaseKind kind, string connectionString, Action<DatabaseOptions>? configure, TimeProvider? clock, string? file, Action<IServiceCollection>? more)
    {
        var logs = new LogCapture();
        var services = new ServiceCollection();
        services.AddLogging(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        services.AddMetrics();
        services.AddSingleton(clock ?? TimeProvider.System);
        // In the middle of the jitter, so that pauses are round figures.
        services.AddKeyedSingleton<Func<double>>(typeof(Backoff), (_, _) => () => 0.5);
        services.AddWeirPersistence(kind, options =>
        {
            options.ConnectionString = connectionString;
            options.PoolMin = 0;
            options.RetryBase = clock is null ? TimeSpan.FromMilliseconds(20) : options.RetryBase;
            configure?.Invoke(options);
        });
        more?.Invoke(services);
        return new Store(services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true }), logs, connectionString, file);
    }
}
