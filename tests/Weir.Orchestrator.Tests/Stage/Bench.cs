using System.Text.Json;
using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Bus;
using Weir.Orchestrator.Planning;
using Weir.Outbox;
using Weir.Persistence;
using Weir.Persistence.Resilience;
using Weir.Persistence.Rows;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Testing.Waiting;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>
/// Orchestrator's consumers and saga under MassTransit's test harness, in memory, on an SQLite file. The loop does not run by itself:
/// what happens is what a test sends.
/// </summary>
internal sealed class Bench : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly ServiceProvider _services;
    private readonly string _folder;

    private readonly TestOutput _log;

    private Bench(ServiceProvider services, string folder, TestOutput log) => (_services, _folder, _log) = (services, folder, log);

    internal ITestHarness Harness => _services.GetRequiredService<ITestHarness>();

    internal IServiceProvider Services => _services;

    internal Given Given => new(_services.GetRequiredService<DatabaseResilience>());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What was logged: the event's number and the words.</summary>
    internal IEnumerable<string> Logs => _log.Said;

    /// <param name="clock">What the service measures time by; the database's own clock goes on.</param>
    internal static async Task<Bench> StartAsync(TimeProvider? clock = null)
    {
        var log = new TestOutput("bench");
        var folder = Directory.CreateTempSubdirectory("weir-orchestrator-").FullName;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(log));
        services.AddMetrics();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddWeirPersistence(DatabaseKind.Sqlite, options => options.ConnectionString = $"Data Source={Path.Combine(folder, "weir.db")}");
        services.AddWeirOrchestrator(DatabaseKind.Sqlite);
        services.Configure<WeirBusOptions>(options => options.Transport = BusTransport.InMemory);
        services.Configure<OrchestratorOptions>(options => options.Replica = "bench");
        AddHarness(services);
        foreach (var loop in services.Where(IsLoop).ToList()) services.Remove(loop);
        var bench = new Bench(services.BuildServiceProvider(validateScopes: true), folder, log);
        await bench._services.GetRequiredService<SchemaMigrator>().MigrateAsync(Cancel);
        foreach (var hosted in bench._services.GetServices<IHostedService>()) await hosted.StartAsync(Cancel);
        return bench;
    }

    /// <summary>Sends to one of Orchestrator's queues and waits until it is taken for good.</summary>
    internal async Task SendAsync<T>(string queue, T message)
        where T : class
    {
        var id = NewId.NextGuid();
        var endpoint = await Harness.Bus.GetSendEndpoint(new Uri($"exchange:weir.orchestrator.{queue}"));
        await endpoint.Send(message, context => context.MessageId = id, Cancel);

        // The harness hears of a message before its transaction ends; the inbox's row is there when it has.
        await Eventually.TrueAsync(
            $"{message} to be taken", _ => Given.ReadAsync(db => db.Set<InboxState>().AnyAsync(row => row.MessageId == id, Cancel)), Replica.Bound, Cancel);
        Assert.True(await Harness.Consumed.Any<T>(consumed => consumed.Context.MessageId == id, Cancel), $"{message} was not consumed");
    }

    /// <summary>Whether a message was put into the outbox, whose delivery stands still here so that it can be looked into.</summary>
    internal async Task<bool> SaidAsync<T>(Func<T, bool>? wanted = null)
        where T : class
    {
        var urn = $":{typeof(T).Name}";
        var rows = await Given.ReadAsync(db => db.Set<OutboxMessage>().AsNoTracking().Where(row => row.MessageType.EndsWith(urn)).Select(row => row.Body).ToListAsync(Cancel));
        return rows.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("message").Deserialize<T>(Json)!).Any(wanted ?? (_ => true));
    }

    /// <summary>The database's clock, as an instant.</summary>
    internal Task<DateTime> NowAsync() => _services.GetRequiredService<DatabaseResilience>().RunAsync(
        "bench.now",
        async (unit, token) => DateTime.UnixEpoch + await unit.Services.GetRequiredService<DatabaseClock>().NowAsync(token),
        Cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in _services.GetServices<IHostedService>().Reverse()) await hosted.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsLoop(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && (service.ImplementationFactory?.Method.ReturnType == typeof(PlannerLoop) || service.ImplementationType?.Name.StartsWith("DeliveryService", StringComparison.Ordinal) == true);

    // The harness puts sagas into memory; this one's place is the database.
    private static void AddHarness(IServiceCollection services)
    {
        var repositories = services.Where(IsOfTheSaga).ToList();
        services.AddMassTransitTestHarness();
        foreach (var replaced in services.Where(IsOfTheSaga).ToList()) services.Remove(replaced);
        foreach (var repository in repositories) services.Add(repository);
    }

    private static bool IsOfTheSaga(ServiceDescriptor service) =>
        service.ServiceType.IsGenericType && service.ServiceType.Name.Contains("Repository", StringComparison.Ordinal) && service.ServiceType.GenericTypeArguments[0] == typeof(StoredMigration);
}
