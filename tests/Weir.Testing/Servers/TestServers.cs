using Weir.Testing.Servers.Containers;
using Weir.Testing.Servers.Processes;
using Weir.Testing.Waiting;

namespace Weir.Testing.Servers;

/// <summary>
/// Real RabbitMQ and PostgreSQL for tests: at the addresses the environment names, else from a Docker engine that
/// answers, else from installed packages as child processes, else a failure that says what was tried. Never a skip.
/// </summary>
public static class TestServers
{
    private static readonly TimeSpan ReachBound = TimeSpan.FromSeconds(15);

    internal static InfraSettings Settings { get; } = InfraSettings.Read(Environment.GetEnvironmentVariable);

    internal static ServerLog Log { get; } = new(Console.Out, Settings.LogFile, TimeProvider.System);

    internal static DockerSource Docker { get; } = new(Log);

    internal static LocalSource Local { get; } = new(Log);

    private static ServerChoice Choice { get; } = new(Settings, [Docker, Local], ReachAsync, Log);

    /// <summary>The pair that every test of this process shares, started once. Take a scope of it; never break it.</summary>
    /// <exception cref="ServersUnavailableException">No way to both servers worked.</exception>
    public static Task<ServerPair> GetAsync(CancellationToken cancel = default) => Choice.SharedAsync(cancel);

    /// <summary>A broker of the test's own, for faults.</summary>
    /// <exception cref="ServersUnavailableException">No way to a broker worked.</exception>
    public static Task<BrokerServer> OwnBrokerAsync(CancellationToken cancel = default) =>
        Choice.OwnAsync((source, token) => source.StartBrokerAsync(token), cancel);

    /// <summary>A database server of the test's own, for faults.</summary>
    /// <exception cref="ServersUnavailableException">No way to a database worked.</exception>
    public static Task<DatabaseServer> OwnDatabaseAsync(CancellationToken cancel = default) =>
        Choice.OwnAsync((source, token) => source.StartDatabaseAsync(token), cancel);

    /// <summary>A cluster of the test's own, for faults.</summary>
    /// <exception cref="ServersUnavailableException">No way to brokers worked.</exception>
    public static Task<BrokerCluster> OwnClusterAsync(int nodes = 3, CancellationToken cancel = default) =>
        Choice.OwnAsync((source, token) => source.StartClusterAsync(nodes, token), cancel);

    private static async Task ReachAsync(ServerPair pair, CancellationToken cancel)
    {
        using var bound = Patience.Limit(ReachBound, cancel);
        await Task.WhenAll(
            AmqpGreeting.ExchangeAsync(pair.Broker, bound.Token), DatabaseGreeting.ExchangeAsync(pair.Database, bound.Token));
    }
}
