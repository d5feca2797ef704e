using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Weir.Cli.Dev.Demo;
using Weir.Cli.Dev.Hosting;
using Weir.Cli.Storing;
using Weir.Persistence.Settings;
using Weir.Worker;
using Weir.Worker.Agent;

namespace Weir.Cli.Dev.Fleet;

/// <summary>Workers in this process, each in a host of its own on the buses of the services' host.</summary>
internal sealed class HostedFleet(IServiceProvider services, DataFolder data, LogFile log, TimeProvider clock) : IFleet
{
    private readonly List<(string Worker, IHost Host)> _hosts = [];
    private readonly List<(IHost Host, Task Leaving)> _leaving = [];
    private readonly DemoSinks _sinks = new(folder: null, clock);

    public Action<string, int, string>? Ended { get; set; }

    public IReadOnlyList<string> Running
    {
        get
        {
            lock (_hosts)
                return [.. _hosts.Select(one => one.Worker)];
        }
    }

    public async Task AddAsync(string worker, double capacity, CancellationToken cancel)
    {
        var plays = new StoreAddress(DatabaseKind.Sqlite, $"Data Source={data.Plays}");
        var builder = DemoWorker.Builder(worker, capacity, data.Workers, _sinks, plays, log, made => made.JoinBusOf(services));
        builder.Services.AddSingleton<IProcessEnd>(new HostedEnd(code => EndedByItself(worker, code)));
        var host = builder.Build();
        lock (_hosts)
            _hosts.Add((worker, host));
        await host.StartAsync(cancel);
    }

    public async Task CrashAsync(string worker)
    {
        if (Take(worker) is not { } host)
            return;
        await WorkerOf(host).VanishAsync();
        await host.StopAsync();
        host.Dispose();
    }

    public async Task DrainAsync(string worker)
    {
        if (Take(worker) is not { } host)
            return;
        var leaving = host.StopAsync();
        lock (_hosts)
            _leaving.Add((host, leaving));
        await leaving;
        lock (_hosts)
            _leaving.RemoveAll(one => one.Host == host);
        host.Dispose();
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        var all = Running.Select(Take).OfType<IHost>().ToList();
        List<(IHost Host, Task Leaving)> leaving;
        lock (_hosts)
            leaving = [.. _leaving];
        leaving.ForEach(one => WorkerOf(one.Host).StopAll());
        foreach (var host in all)
            host.Services.GetRequiredService<IOptions<WeirWorkerOptions>>().Value.DrainFor = TimeSpan.Zero;
        await Task.WhenAll(all.Select(host => Task.Run(() => host.StopAsync(cancel), CancellationToken.None)));
        await Task.WhenAll(leaving.Select(one => one.Leaving)).WaitAsync(cancel);
        all.ForEach(host => host.Dispose());
    }

    public void KillAll()
    {
        // They are in this process.
    }

    private static WorkerHost WorkerOf(IHost host) => host.Services.GetServices<IHostedService>().OfType<WorkerHost>().Single();

    /// <returns>Null when it runs no more.</returns>
    private IHost? Take(string worker)
    {
        lock (_hosts)
        {
            var at = _hosts.FindIndex(one => one.Worker == worker);
            if (at < 0)
                return null;
            var host = _hosts[at].Host;
            _hosts.RemoveAt(at);
            return host;
        }
    }

    // The worker's own thread says so, under its lock: nothing of it may be waited for here.
    private void EndedByItself(string worker, int code) => _ = Task.Run(async () =>
    {
        if (!Running.Contains(worker, StringComparer.Ordinal))
            return;
        await CrashAsync(worker);
        Ended?.Invoke(worker, code, "");
    });
}
