using Npgsql;

namespace Weir.Testing.Servers;

/// <summary>Where a database server is, as an Npgsql connection string that names one database of it.</summary>
public sealed record DatabaseAddress(string ConnectionString)
{
    public string Database => new NpgsqlConnectionStringBuilder(ConnectionString).Database ?? "";

    public int Port => new NpgsqlConnectionStringBuilder(ConnectionString).Port;

    /// <summary>The same server through another port of this machine, such as a proxy's.</summary>
    public DatabaseAddress Through(int port) => With(to => (to.Host, to.Port) = ("127.0.0.1", port));

    public DatabaseAddress On(string database) => With(to => to.Database = database);

    /// <summary>Without a pool: for connections that must not outlive their use, or that a fault is about to break.</summary>
    public DatabaseAddress Unpooled() => With(to => to.Pooling = false);

    internal static DatabaseAddress Loopback(int port) => new(new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = BrokerAddress.Own.UserName,
        Password = BrokerAddress.Own.Password,
        Database = "postgres",
    }.ConnectionString);

    private DatabaseAddress With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var to = new NpgsqlConnectionStringBuilder(ConnectionString);
        change(to);
        return new DatabaseAddress(to.ConnectionString);
    }
}
