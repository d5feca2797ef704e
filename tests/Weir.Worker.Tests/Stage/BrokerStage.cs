using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Worker.Tests.Stage;

/// <summary>A virtual host, a database and a folder of one test class's own.</summary>
public sealed class BrokerStage : IAsyncLifetime
{
    private ServerScope _scope = null!;

    internal BrokerAddress Broker => _scope.Broker;

    internal DatabaseAddress Database => _scope.Database;

    internal string Folder { get; } = Directory.CreateTempSubdirectory("weir-worker-").FullName;

    public async ValueTask InitializeAsync() =>
        _scope = await (await TestServers.GetAsync(TestContext.Current.CancellationToken)).ScopeAsync("worker", TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A worker in this process whose handlers are probes.</summary>
    internal async Task<IHost> StartWorkerAsync(string worker, Probe probe, Action<IWeirWorkerBuilder> bus, CancellationToken cancel, string? data = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(probe);
        var made = builder.Services
            .AddWeirWorker(options => (options.WorkerId, options.Capacity, options.DataDirectory) = (worker, 10, data ?? Folder))
            .HandleStreams<ProbeHandler>("k");
        bus(made);
        var host = builder.Build();
        await host.StartAsync(cancel);
        return host;
    }

    internal static async Task StopAsync(IHost host)
    {
        using var bound = Patience.Limit(TimeSpan.FromSeconds(20), CancellationToken.None);
        await host.StopAsync(bound.Token);
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}
