using System.Security.Cryptography;

namespace Weir.Testing.Servers;

/// <summary>The broker and the database that all tests of this process share. Never break them: own servers are for that.</summary>
public sealed class ServerPair
{
    private const int UniqueLength = 10;

    internal ServerPair(ServerKind kind, BrokerAddress broker, DatabaseAddress database)
    {
        Kind = kind;
        Broker = broker;
        Database = database;
    }

    public ServerKind Kind { get; }

    public BrokerAddress Broker { get; }

    public DatabaseAddress Database { get; }

    /// <summary>Opens a fresh virtual host and a fresh database, so that test classes can run side by side.</summary>
    /// <param name="name">Who asks, such as the class; shows in the names of both.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<ServerScope> ScopeAsync(string name, CancellationToken cancel = default)
    {
        var unique = RandomNumberGenerator.GetHexString(UniqueLength, lowercase: true);
        return ServerScope.OpenAsync(ScopeName.From(name, unique), Broker, Database, cancel);
    }
}
