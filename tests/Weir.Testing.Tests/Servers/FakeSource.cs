using Weir.Testing.Servers;

namespace Weir.Testing.Tests.Servers;

/// <summary>A source that starts nothing: it works, has an obstacle, or fails, as the test says.</summary>
internal sealed class FakeSource(ServerKind kind) : IServerSource
{
    private readonly List<FakeProcess> _processes = [];

    public ServerKind Kind => kind;

    public string? Obstacle { get; init; }

    public string? BrokerFailure { get; init; }

    public int Starts { get; private set; }

    public int Running => _processes.Count(p => !p.Disposed);

    public Task<string?> ObstacleAsync(CancellationToken cancel) => Task.FromResult(Obstacle);

    public Task<BrokerServer> StartBrokerAsync(CancellationToken cancel)
    {
        Starts++;
        return BrokerFailure is null
            ? Task.FromResult(new BrokerServer(kind, BrokerAddress.Loopback(1, 2), "fake@localhost", Process()))
            : Task.FromException<BrokerServer>(new InvalidOperationException(BrokerFailure));
    }

    public Task<DatabaseServer> StartDatabaseAsync(CancellationToken cancel) => Task.FromResult(new DatabaseServer(kind, 3, Process()));

    public async Task<BrokerCluster> StartClusterAsync(int nodes, CancellationToken cancel) => new([await StartBrokerAsync(cancel)]);

    private FakeProcess Process()
    {
        _processes.Add(new FakeProcess());
        return _processes[^1];
    }

    private sealed class FakeProcess : IServerProcess
    {
        public bool Disposed { get; private set; }

        public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task KillAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task FreezeAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task ThawAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task<string?> HowEndedAsync(CancellationToken cancel) => Task.FromResult<string?>(null);

        public ValueTask DisposeAsync()
        {
            Disposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
