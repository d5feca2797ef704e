using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Weir.Persistence.Postgres;
using Weir.Persistence.Resilience;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;
using Weir.Persistence.Sqlite;
using Weir.Persistence.Stores;

namespace Weir.Persistence;

/// <summary>Adds the database to a program.</summary>
public static class WeirPersistence
{
    /// <summary>
    /// Adds <see cref="DatabaseResilience"/>, the context, stores, readers, <see cref="SchemaInspector"/> and <see cref="SchemaMigrator"/>.
    /// Needs logging and metrics, which every host has.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="kind">Which database; decided when the program is put together.</param>
    /// <param name="configure">Address and figures; refused at start when out of range.</param>
    public static IServiceCollection AddWeirPersistence(this IServiceCollection services, DatabaseKind kind, Action<DatabaseOptions> configure)
    {
        services.AddOptions<DatabaseOptions>().Configure(configure).PostConfigure(options => options.Kind = kind).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsRules>();
        services.TryAddSingleton(TimeProvider.System);
        if (kind == DatabaseKind.Postgres) AddPostgres(services);
        else AddSqlite(services);
        AddResilience(services);
        services.AddSingleton(provider => new SchemaInspector(provider.GetRequiredService<ISchemaAccess>()));
        services.AddSingleton(provider => new SchemaMigrator(provider.GetRequiredService<ISchemaAccess>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddScoped<LeaseStore>().AddScoped<AssignmentStore>().AddScoped<EpochCounter>().AddScoped<EraStore>().AddScoped<PoolReader>().AddScoped<PoolSettingsReader>()
            .AddScoped<WorkerStore>().AddScoped<ObservationStore>().AddScoped<ReportedEpochStore>().AddScoped<ReportStore>().AddScoped<CatalogueStore>()
            .AddScoped<PartStore>().AddScoped<RequestStore>().AddScoped<RegisterCleanup>()
            .AddScoped<OwnerStore>().AddScoped<CatalogueReader>().AddScoped<FleetReader>().AddScoped<MigrationReader>().AddScoped<PlanReader>().AddScoped<IntegrityReader>();
    }

    /// <summary>Makes the program refuse to start on a database that is empty, older, newer or away. Services want it; <c>weir store</c> does not.</summary>
    public static IServiceCollection AddWeirSchemaCheck(this IServiceCollection services) => services.AddSingleton<IHostedService, SchemaStartCheck>();

    private static void AddPostgres(IServiceCollection services)
    {
        services.AddSingleton<PostgresConnections>();
        services.AddSingleton<TransactionTimeout>();
        services.AddSingleton<ISchemaAccess, PostgresSchema>();
        services.AddSingleton<ISessionEnder, PostgresSessionEnder>();
        services.AddDbContext<WeirDbContext, PostgresWeirDbContext>(
            (provider, options) => options
                .UseNpgsql(provider.GetRequiredService<PostgresConnections>().Of(provider.GetRequiredService<LaneChoice>().Lane), MigrationsHistory.On)
                .AddInterceptors(provider.GetRequiredService<TransactionTimeout>())
                .ApplyOthers(provider),
            ServiceLifetime.Scoped,
            ServiceLifetime.Scoped);
    }

    private static void AddSqlite(IServiceCollection services)
    {
        services.AddSingleton<SqliteConnections>();
        services.AddSingleton<ISchemaAccess, SqliteSchema>();
        services.AddSingleton<ISessionEnder, SqliteSessionEnder>();
        services.AddDbContext<WeirDbContext, SqliteWeirDbContext>(
            (provider, options) => options
                .UseSqlite(provider.GetRequiredService<SqliteConnections>().Connection(create: false), MigrationsHistory.On)
                .ApplyOthers(provider),
            ServiceLifetime.Scoped,
            ServiceLifetime.Scoped);
    }

    private static void AddResilience(IServiceCollection services)
    {
        services.AddScoped<LaneChoice>();
        services.AddSingleton<SingleLane>();
        services.AddSingleton<DatabaseMetrics>();
        services.AddSingleton<FailureRecord>();
        services.AddSingleton<AttemptRunner>();
        services.AddSingleton<StoreProbe>();
        services.AddSingleton<PoolFigures>();
        services.TryAddKeyedSingleton<Func<double>>(typeof(Backoff), (_, _) => Chance);
        services.AddSingleton(provider => new RetryPolicy(
            provider.GetRequiredService<IOptions<DatabaseOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredKeyedService<Func<double>>(typeof(Backoff)),
            provider.GetRequiredService<FailureRecord>()));
        services.AddSingleton(provider => new DatabaseResilience(
            provider.GetRequiredService<IOptions<DatabaseOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<AttemptRunner>(),
            provider.GetRequiredService<RetryPolicy>(),
            provider.GetRequiredService<FailureRecord>()));
    }

    // What others, such as the outbox, ask of every WeirDbContext goes to the sealed one that stands for it.
    private static void ApplyOthers(this DbContextOptionsBuilder options, IServiceProvider provider)
    {
        options.AddInterceptors(ReopenRefusal.Instance);
        foreach (var other in provider.GetServices<IDbContextOptionsConfiguration<WeirDbContext>>()) other.Configure(provider, options);
    }

    // Processes that fail together must not draw the same pauses: a seed of their own each time.
    private static double Chance() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
}
