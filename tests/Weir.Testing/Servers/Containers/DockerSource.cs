namespace Weir.Testing.Servers.Containers;

internal sealed class DockerSource(ServerLog log) : IServerSource
{
    public ServerKind Kind => ServerKind.Docker;
    public Task<string?> ObstacleAsync(CancellationToken cancel) => Task.FromResult<string?>(log is null ? "" : "not yet");
    public Task<BrokerServer> StartBrokerAsync(CancellationToken cancel) => throw new NotSupportedException();
    public Task<DatabaseServer> StartDatabaseAsync(CancellationToken cancel) => throw new NotSupportedException();
    public Task<BrokerCluster> StartClusterAsync(int nodes, CancellationToken cancel) => throw new NotSupportedException();
}
