using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Bus;
using Weir.Diagnostics;
using Weir.Orchestrator;
using Weir.Persistence;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;
using Weir.Registry;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;
using Weir.Worker;

namespace Weir.Cli.Tests.Live;

/// <summary>The services in this process, and the tool pointed at them: on a file and a bus within the process, or on real servers.</summary>
internal sealed class RunningFleet : IAsyncDisposable
{
    private readonly List<IHost> _workers = [];
    private readonly WebApplication _app;
    private readonly Scratch _scratch;

    private RunningFleet(WebApplication app, Scratch scratch) => (_app, _scratch) = (app, scratch);

    internal string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    internal string KeyFile => _scratch.Name("operator.key");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<RunningFleet> StartAsync(ServerScope? servers = null)
    {
        var scratch = new Scratch();
        var (kind, store) = servers is null ? (DatabaseKind.Sqlite, $"Data Source={scratch.Name("weir.db")}") : (DatabaseKind.Postgres, servers.Database.ConnectionString);
        await MigrateAsync(kind, store);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddWeirPersistence(kind, options => (options.ConnectionString, options.PoolMin) = (store, 0));
        builder.Services.Configure<WeirBusOptions>(options => Point(options, servers?.Broker));
        builder.Services.Configure<DiagnosticsOptions>(options => options.KeyFile = scratch.Name("operator.key"));
        builder.Services.AddWeirRegistry(kind);
        builder.Services.AddWeirOrchestrator(kind);
        builder.Services.AddWeirDiagnostics(kind);
        var app = builder.Build();
        app.MapWeirApi();
        await app.StartAsync(Cancel);
        return new RunningFleet(app, scratch);
    }

    /// <summary>A worker beside the services, on their bus.</summary>
    internal async Task JoinAsync(string id)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddWeirWorker(options => (options.WorkerId, options.Capacity, options.DataDirectory) = (id, 50, _scratch.Name(id)))
            .JoinBusOf(_app.Services).HandleStreams<RestingHandler>("resting");
        var host = builder.Build();
        _workers.Add(host);
        await host.StartAsync(Cancel);
    }

    internal string File(string name, string text) => _scratch.File(name, text);

    /// <summary>The tool as a script runs it: nobody to ask.</summary>
    internal Task<(int Code, string Data, string Words)> RunAsync(params string[] args) => AskAsync(answers: null, args);

    /// <summary>The tool with a person before it, who types these lines.</summary>
    internal Task<(int Code, string Data, string Words)> AskAsync(string? answers, params string[] args)
    {
        string[] key = args.Intersect(["list", "get", "status", "explain", "events", "--plan"]).Any() && !args.Contains("--plan") || args.Contains("--key-file") ? [] : ["--key-file", KeyFile];
        return Task.Run(() => Run(answers, [.. args, "--api", Address, .. key]), Cancel);
    }

    internal Task UntilAsync(string what, Func<string, bool> fits, params string[] args) => Eventually.TrueAsync(
        what, async _ => await RunAsync(args) is var (_, data, _) && fits(data), TimeSpan.FromSeconds(60), Cancel);

    internal static (int Code, string Data, string Words) Run(string? answers, params string[] args)
    {
        var (data, words) = (new StringWriter(), new StringWriter());
        var code = Weir.Run(args, new Terminal(data, words, IsPerson: false, Colour: false, Width: 100) { Answers = answers is null ? null : new StringReader(answers) });
        return (code, data.ToString(), words.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await StopAsync(worker);
        await StopAsync(_app);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _scratch.Dispose();
    }

    private static async Task StopAsync(IHost host)
    {
        using (var bound = Patience.Limit(TimeSpan.FromSeconds(20), CancellationToken.None)) await host.StopAsync(bound.Token);
        if (host is IAsyncDisposable several) await several.DisposeAsync();
        else host.Dispose();
    }

    private static async Task MigrateAsync(DatabaseKind kind, string store)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddWeirPersistence(kind, options => (options.ConnectionString, options.PoolMin) = (store, 0));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<SchemaMigrator>().MigrateAsync(Cancel);
    }

    private static void Point(WeirBusOptions options, BrokerAddress? broker)
    {
        options.Transport = broker is null ? BusTransport.InMemory : BusTransport.RabbitMq;
        if (broker is null) return;
        (options.Hosts, options.Port, options.VirtualHost) = ([broker.Amqp.Host], broker.Amqp.Port, broker.VirtualHost);
        (options.User, options.Password) = (broker.Credential.UserName, broker.Credential.Password);
    }
}
