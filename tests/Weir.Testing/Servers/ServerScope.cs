using Npgsql;
using Weir.Testing.Waiting;

namespace Weir.Testing.Servers;

/// <summary>A virtual host and a database of one test class's own, on the shared servers. Disposing removes both.</summary>
public sealed class ServerScope : IAsyncDisposable
{
    private static readonly TimeSpan RemovalBound = TimeSpan.FromSeconds(30);

    private readonly BrokerAddress _brokerRoot;
    private readonly DatabaseAddress _databaseRoot;

    private ServerScope(string name, BrokerAddress brokerRoot, DatabaseAddress databaseRoot)
    {
        Name = name;
        (_brokerRoot, _databaseRoot) = (brokerRoot, databaseRoot);
        Broker = brokerRoot.On(name);
        Database = databaseRoot.On(name);
    }

    /// <summary>Of the virtual host and of the database.</summary>
    public string Name { get; }

    public BrokerAddress Broker { get; }

    public DatabaseAddress Database { get; }

    internal static async Task<ServerScope> OpenAsync(string name, BrokerAddress broker, DatabaseAddress database, CancellationToken cancel)
    {
        var scope = new ServerScope(name, broker, database);
        using var management = new ManagementApi(broker);
        await management.AddVirtualHostAsync(name, cancel);
        await RunAsync(database, $"create database {name}", cancel);
        return scope;
    }

    public async ValueTask DisposeAsync()
    {
        using var bound = Patience.Limit(RemovalBound, CancellationToken.None);
        using (var management = new ManagementApi(_brokerRoot)) await management.RemoveVirtualHostAsync(Name, bound.Token);
        await RunAsync(_databaseRoot, $"drop database if exists {Name} with (force)", bound.Token);
    }

    // A scope's name holds nothing that would need quoting.
    private static async Task RunAsync(DatabaseAddress database, string sql, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(database.Unpooled().ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
