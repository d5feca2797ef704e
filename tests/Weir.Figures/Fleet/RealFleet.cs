using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Figures.Ticks;
using Weir.Persistence;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;
using Weir.Testing.Network;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Figures.Fleet;

/// <summary>A fleet of real processes on real servers.</summary>
internal sealed class RealFleet : IAsyncDisposable
{
    private const string OrchestratorDoor = "weir.orchestrator.answers";
    private static readonly TimeSpan UpBound = TimeSpan.FromSeconds(90);

    private readonly Programs _programs;
    private readonly Dictionary<string, TcpProxy> _proxies = new(StringComparer.Ordinal);

    private RealFleet(FleetSettings settings, BrokerServer broker, DatabaseServer database, string connectionString)
    {
        (Settings, Broker, Database) = (settings, broker, database);
        Logs = Directory.CreateTempSubdirectory("weir-ticks-").FullName;
        Table = new FleetTable(connectionString);
        Ticks = new TickLogs(Logs);
        _programs = new Programs(broker.Address, connectionString, Logs, settings.TickMs);
    }

    private static bool IsKept => Environment.GetEnvironmentVariable("WEIR_FIGURES_KEEP") is not null;

    public FleetSettings Settings { get; }

    public BrokerServer Broker { get; }

    public DatabaseServer Database { get; }

    public FleetTable Table { get; }

    public TickLogs Ticks { get; }

    public string Logs { get; }

    public List<ChildProgram> Registries { get; } = [];

    public List<ChildProgram> Orchestrators { get; } = [];

    public Dictionary<string, ChildProgram> Workers { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Streams { get; private set; } = [];

    public static async Task<RealFleet> StartAsync(FleetSettings settings, BrokerServer broker, DatabaseServer database, CancellationToken cancel)
    {
        var connectionString = await Programs.DatabaseAsync(database, cancel);
        await MigrateAsync(connectionString, cancel);
        var fleet = new RealFleet(settings, broker, database, connectionString);
        for (var number = 1; number <= settings.Registries; number++) await fleet.AddRegistryAsync(cancel);
        for (var number = 1; number <= settings.Orchestrators; number++) await fleet.AddOrchestratorAsync(cancel);
        if (settings.Registries > 0) await fleet.DoorOpensAsync("weir.registry.streams", cancel);
        if (settings.Orchestrators > 0) await fleet.DoorOpensAsync(OrchestratorDoor, cancel);
        for (var number = 1; number <= settings.Workers; number++) await fleet.AddWorkerAsync(Worker(number), cancel);
        if (settings.Stations is { } stations) await fleet.DeclareAsync(stations, cancel);
        else if (settings.Streams > 0) await fleet.DeclareAsync(settings.Streams, cancel);
        if (settings.Workers > 0) await fleet.EvenAsync(UpBound, cancel);
        return fleet;
    }

    public static string Worker(int number) => $"w{number}";

    public async Task AddRegistryAsync(CancellationToken cancel) =>
        Registries.Add(await RegistryAsync(Registries.Count + 1, cancel));

    public async Task AddOrchestratorAsync(CancellationToken cancel) =>
        Orchestrators.Add(await _programs.ServiceAsync("Orchestrator", Orchestrators.Count + 1, cancel));

    public async Task<ChildProgram> AddWorkerAsync(string worker, CancellationToken cancel)
    {
        if (Settings.Proxied && !_proxies.ContainsKey(worker)) _proxies[worker] = TcpProxy.To(Broker.Address.Amqp.Port, _proxies.Count + 1);
        // Half as much again, so that the fleet can carry the loss of two.
        var capacity = Math.Max(4, Settings.StreamsEach * 2);
        return Workers[worker] = Settings.Stations is null
            ? await _programs.TickerAsync(worker, Settings.Proxied ? _proxies[worker].Port : null, capacity, cancel)
            : await _programs.RadioAsync(worker, capacity, cancel);
    }

    public TcpProxy ProxyOf(string worker) => _proxies[worker];

    public async Task DeclareAsync(int streams, CancellationToken cancel)
    {
        Streams = [.. Enumerable.Range(1, streams).Select(number => $"s{number:00000}")];
        await Declarer.DeclareAsync(Broker.Address, Streams, Settings.Fenced, cancel);
    }

    private async Task DeclareAsync(IReadOnlyDictionary<string, Uri> stations, CancellationToken cancel)
    {
        Streams = [.. stations.Keys];
        await Declarer.DeclareAsync(Broker.Address, [.. stations.Select(Declarer.Radio)], cancel);
    }

    /// <summary>Every stream runs at a live owner and nothing moves.</summary>
    public async Task QuietAsync(TimeSpan bound, CancellationToken cancel)
    {
        try
        {
            await Eventually.TrueAsync(
                "every stream to run and nothing to move",
                async token => await Table.CountAsync(token) is var (running, all, moving) && running == Streams.Count && all >= Streams.Count && moving == 0,
                bound,
                cancel);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{await StandingAsync(cancel)}", late);
        }
    }

    // For whoever reads why a row failed: what the tables say, and everyone's last words.
    private async Task<string> StandingAsync(CancellationToken cancel)
    {
        var states = await Table.ReadAsync(
            "SELECT a.state || ' at ' || coalesce(a.worker, 'nobody') || ' (' || coalesce(l.state, 'no lease') || '): ' || count(*) FROM assignments AS a LEFT JOIN leases AS l ON l.incarnation = a.incarnation GROUP BY a.state, a.worker, l.state",
            row => row.GetString(0),
            cancel);
        var words = Registries.Concat(Orchestrators).Concat(Workers.Values).Select(program => $"--- {program.Name}, {(program.HasExited ? $"ended with {program.ExitCode}" : "runs")}\n{program.Tail()}");
        return string.Join('\n', [.. states, .. words]);
    }

    /// <summary>Starts a service again that was killed, and returns when it is up: as a server is back when it answers, not when it has a process.</summary>
    public async Task ReviveAsync(List<ChildProgram> services, int at, CancellationToken cancel)
    {
        var program = services == Registries ? await RegistryAsync(at + 1, cancel) : await _programs.ServiceAsync("Orchestrator", at + 1, cancel);
        services[at] = program;
        await Eventually.TrueAsync(
            $"{program.Name} to be up",
            async token => File.Exists(program.LogFile) && (await File.ReadAllTextAsync(program.LogFile, token)).Contains("Application started", StringComparison.Ordinal),
            UpBound,
            cancel);
    }

    /// <summary>Adds one stream and waits until it runs: the whole way from a declaration through a plan to a handler.</summary>
    public async Task<TimeSpan> PlanOneMoreAsync(TimeSpan bound, CancellationToken cancel)
    {
        var stream = $"x{Streams.Count:00000}";
        var begun = Stopwatch.GetTimestamp();
        await Declarer.DeclareAsync(Broker.Address, [stream], Settings.Fenced, cancel);
        await Eventually.TrueAsync(
            $"{stream} to run",
            async token => await Table.NumberAsync($"SELECT count(*) FROM assignments WHERE stream = '{stream}' AND state = 'Owned'", token) == 1,
            bound,
            cancel);
        Streams = [.. Streams, stream];
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Quiet, and all live workers hold the same, give or take one.</summary>
    public async Task EvenAsync(TimeSpan bound, CancellationToken cancel)
    {
        await LevelAsync(bound, cancel);
        await Eventually.TrueAsync(
            "all workers to hold the same, give or take one",
            async token => await Table.NumberAsync(
                "SELECT coalesce(max(held) - min(held), 0) FROM (SELECT (SELECT count(*) FROM assignments AS a WHERE a.incarnation = l.incarnation) AS held FROM leases AS l WHERE l.state = 'Live') AS level",
                token) <= 1,
            bound,
            cancel);
        await QuietAsync(bound, cancel);
    }

    /// <summary>Quiet, and no live worker holds less than half of its share.</summary>
    public async Task LevelAsync(TimeSpan bound, CancellationToken cancel)
    {
        await Eventually.TrueAsync(
            "each live worker to hold half of its share",
            async token => await Table.NumberAsync(
                """
                SELECT count(*) FROM (
                    SELECT (SELECT count(*) FROM assignments AS a WHERE a.incarnation = l.incarnation) AS held,
                        (SELECT count(*) FROM assignments) / greatest(1, (SELECT count(*) FROM leases WHERE state = 'Live')) AS share
                    FROM leases AS l JOIN workers AS w ON w.newest = l.incarnation WHERE l.state = 'Live') AS level
                WHERE held * 2 < share
                """,
                token) == 0 && await Table.NumberAsync("SELECT count(*) FROM leases WHERE state = 'Live'", token) == Workers.Values.Count(worker => !worker.HasExited),
            bound,
            cancel);
        await QuietAsync(bound, cancel);
    }

    /// <summary>A worker runs at least so many streams.</summary>
    public Task HoldsAsync(string worker, int streams, TimeSpan bound, CancellationToken cancel) => Eventually.TrueAsync(
        $"{worker} to run {streams} streams",
        async token => await Table.NumberAsync($"SELECT count(*) FROM assignments WHERE worker = '{worker}' AND state = 'Owned'", token) >= streams,
        bound,
        cancel);

    public async Task<IReadOnlyList<string>> StreamsOfAsync(string worker, CancellationToken cancel) =>
        [.. (await Table.OwnersAsync(cancel)).Where(one => one.Value.Worker == worker).Select(one => one.Key)];

    public async ValueTask DisposeAsync()
    {
        foreach (var program in Workers.Values.Concat(Orchestrators).Concat(Registries))
        {
            await program.DisposeAsync();
            if (IsKept && File.Exists(program.LogFile)) File.Copy(program.LogFile, Path.Combine(Logs, $"{program.Name}-{program.ProcessNumber}.log"), overwrite: true);
        }

        foreach (var proxy in _proxies.Values) await proxy.DisposeAsync();
        if (!IsKept) Directory.Delete(Logs, recursive: true);
        else await Console.Error.WriteLineAsync($"logs are kept in {Logs}");
    }

    // The broker tells of its queues on one virtual host; where there is none of that name, Registry hears nothing and goes by silence.
    private Task<ChildProgram> RegistryAsync(int number, CancellationToken cancel) => _programs.ServiceAsync(
        "Registry", number, cancel, Settings.HearsQueues ? null : new Dictionary<string, string?> { ["Weir__Registry__EventsVirtualHost"] = "nowhere" });

    public Task AddOrchestratorDoorAsync(CancellationToken cancel) => DoorOpensAsync(OrchestratorDoor, cancel);

    private async Task DoorOpensAsync(string queue, CancellationToken cancel)
    {
        using var management = new ManagementApi(Broker.Address);
        await Eventually.TrueAsync(
            $"the queue {queue}",
            async token =>
            {
                var ended = Registries.Concat(Orchestrators).FirstOrDefault(program => program.HasExited);
                return ended is null
                    ? await management.HasQueueAsync(queue, token)
                    : throw new InvalidOperationException($"{ended.Name} ended with {ended.ExitCode}:\n{ended.Tail()}");
            },
            UpBound,
            cancel);
    }

    private static async Task MigrateAsync(string connectionString, CancellationToken cancel)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddWeirPersistence(DatabaseKind.Postgres, options => options.ConnectionString = connectionString);
        using var host = builder.Build();
        await host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancel);
    }
}
