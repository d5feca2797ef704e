namespace Weir.Testing.Servers;

/// <summary>A way to start servers. What it starts belongs to the caller and dies with the test process at the latest.</summary>
internal interface IServerSource
{
    ServerKind Kind { get; }

    /// <summary>Why it cannot be used on this machine, or null where it may be tried.</summary>
    Task<string?> ObstacleAsync(CancellationToken cancel);

    Task<BrokerServer> StartBrokerAsync(CancellationToken cancel);

    Task<DatabaseServer> StartDatabaseAsync(CancellationToken cancel);

    Task<BrokerCluster> StartClusterAsync(int nodes, CancellationToken cancel);
}
