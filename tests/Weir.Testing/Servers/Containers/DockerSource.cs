using Weir.Testing.Network;
using Weir.Testing.Servers.Processes;

namespace Weir.Testing.Servers.Containers;

/// <summary>Servers in containers of the official images, from whatever engine answers on this machine.</summary>
internal sealed class DockerSource(ServerLog log) : IServerSource
{
    private readonly Lazy<Task<(DockerEngine? Engine, string? Obstacle)>> _engine = new(FindAsync);

    public ServerKind Kind => ServerKind.Docker;

    public async Task<string?> ObstacleAsync(CancellationToken cancel) => (await _engine.Value.WaitAsync(cancel)).Obstacle;

    public async Task<BrokerServer> StartBrokerAsync(CancellationToken cancel)
    {
        var begun = log.Begin();
        var plan = new BrokerContainer("weir1", []);
        return await StartNodeAsync(plan, await EngineAsync(cancel), begun, cancel);
    }

    public async Task<DatabaseServer> StartDatabaseAsync(CancellationToken cancel)
    {
        var begun = log.Begin();
        var port = PortReservation.Take();
        var process = new ContainerServer(DatabaseContainer.Build(port.Port), await EngineAsync(cancel));
        var server = new DatabaseServer(Kind, port.Port, process, new PortHold(port));
        await server.BringUpAsync(cancel);
        await log.ReadyAsync(Kind, ServerLog.Postgres, begun, cancel);
        return server;
    }

    public async Task<BrokerCluster> StartClusterAsync(int nodes, CancellationToken cancel)
    {
        var begun = log.Begin();
        var engine = await EngineAsync(cancel);
        var network = ClusterNetwork.Build();
        await network.CreateAsync(cancel);
        string[] hosts = [.. Enumerable.Range(1, nodes).Select(n => $"weir{n}")];
        var whole = false;
        try
        {
            var up = await AllOrNone.UpAsync(
                [.. hosts.Select(host => StartNodeAsync(new BrokerContainer(host, hosts, network), engine, begun, cancel))]);
            whole = true;
            return new BrokerCluster(up, network);
        }
        finally
        {
            if (!whole) await network.DisposeAsync();
        }
    }

    private static async Task<(DockerEngine? Engine, string? Obstacle)> FindAsync()
    {
        var (endpoint, obstacle) = DockerEndpoint.Find(Environment.GetEnvironmentVariable, File.Exists);
        if (endpoint is null) return (null, obstacle);

        var answer = await DockerEngine.PingAsync(endpoint, CancellationToken.None);
        if (answer.Engine is not null) LibrarySettings.Apply(answer.Engine, endpoint);
        return answer;
    }

    private async Task<DockerEngine> EngineAsync(CancellationToken cancel)
    {
        var (engine, obstacle) = await _engine.Value.WaitAsync(cancel);
        if (engine is null) throw new InvalidOperationException(obstacle);

        if (Reaper.CanRemoveContainers) Session.OfThisProcess.Reaper.WatchContainers();
        return engine;
    }

    private async Task<BrokerServer> StartNodeAsync(BrokerContainer plan, DockerEngine engine, long begun, CancellationToken cancel)
    {
        var server = new BrokerServer(Kind, plan.Address, plan.Node, new ContainerServer(plan.Build(), engine), plan);
        await server.BringUpAsync(cancel);
        await log.ReadyAsync(Kind, ServerLog.RabbitMq, begun, cancel);
        return server;
    }
}
