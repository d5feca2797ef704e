namespace Weir.Testing.Servers;

/// <summary>Brokers that form one cluster; each can be killed, frozen and restarted by itself.</summary>
public sealed class BrokerCluster : IAsyncDisposable
{
    private readonly IReadOnlyList<IAsyncDisposable> _along;

    internal BrokerCluster(IReadOnlyList<BrokerServer> nodes, params IReadOnlyList<IAsyncDisposable> along)
    {
        Nodes = nodes;
        _along = along;
    }

    public IReadOnlyList<BrokerServer> Nodes { get; }

    /// <summary>The node of this Erlang name, as <see cref="ManagementApi.QueueLeaderAsync"/> tells it.</summary>
    public BrokerServer Node(string name) => Nodes.Single(n => n.Node == name);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Nodes.Select(n => n.DisposeAsync().AsTask()));
        foreach (var one in _along) await one.DisposeAsync();
    }
}
