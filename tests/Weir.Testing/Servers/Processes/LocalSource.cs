using Weir.Testing.Network;

namespace Weir.Testing.Servers.Processes;

/// <summary>Servers as child processes, from the packages rabbitmq-server and postgresql. Linux only.</summary>
internal sealed class LocalSource(ServerLog log) : IServerSource
{
    private readonly InstalledPrograms _programs = InstalledPrograms.OnThisMachine();

    public ServerKind Kind => ServerKind.Local;

    public Task<string?> ObstacleAsync(CancellationToken cancel) =>
        Task.FromResult(OperatingSystem.IsLinux() ? _programs.Obstacle() : "child processes are watched through /proc, which is Linux alone");

    public async Task<BrokerServer> StartBrokerAsync(CancellationToken cancel)
    {
        var begun = log.Begin();
        var epmd = await LocalEpmd.StartAsync(_programs.Epmd!, Session.OfThisProcess, cancel);
        return await StartNodeAsync(LocalBroker.Single(epmd), epmd, begun, [epmd], cancel);
    }

    public async Task<BrokerCluster> StartClusterAsync(int nodes, CancellationToken cancel)
    {
        var begun = log.Begin();
        var epmd = await LocalEpmd.StartAsync(_programs.Epmd!, Session.OfThisProcess, cancel);
        var plans = LocalBroker.Cluster(epmd, nodes);
        // The first alone, so that the others find a cluster to join in place of each founding one.
        var first = await StartNodeAsync(plans[0], epmd, begun, [], cancel);
        var whole = false;
        try
        {
            var others = await AllOrNone.UpAsync([.. plans.Skip(1).Select(p => StartNodeAsync(p, epmd, begun, [], cancel))]);
            whole = true;
            return new BrokerCluster([first, .. others], epmd);
        }
        finally
        {
            if (!whole) await new BrokerCluster([first], epmd).DisposeAsync();
        }
    }

    public async Task<DatabaseServer> StartDatabaseAsync(CancellationToken cancel)
    {
        var begun = log.Begin();
        var port = PortReservation.Take();
        var command = await LocalDatabase.PrepareAsync(_programs, port.Port, Session.OfThisProcess, cancel);
        var server = new DatabaseServer(Kind, port.Port, new ChildServer(command, Session.OfThisProcess), new PortHold(port));
        await server.BringUpAsync(cancel);
        await log.ReadyAsync(Kind, ServerLog.Postgres, begun, cancel);
        return server;
    }

    private async Task<BrokerServer> StartNodeAsync(
        LocalBroker plan, LocalEpmd epmd, long begun, IReadOnlyList<IAsyncDisposable> along, CancellationToken cancel)
    {
        var command = await plan.PrepareAsync(_programs.RabbitMq!, epmd, Session.OfThisProcess, cancel);
        var server = new BrokerServer(Kind, plan.Address, plan.Node, new ChildServer(command, Session.OfThisProcess), [plan, .. along]);
        await server.BringUpAsync(cancel);
        await log.ReadyAsync(Kind, ServerLog.RabbitMq, begun, cancel);
        return server;
    }
}
