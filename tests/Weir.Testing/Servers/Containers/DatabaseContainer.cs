using DotNet.Testcontainers.Containers;
using Testcontainers.PostgreSql;

namespace Weir.Testing.Servers.Containers;

internal static class DatabaseContainer
{
    private const string Image = "postgres:17";

    public static IContainer Build(int port) => new PostgreSqlBuilder(Image)
        .WithUsername(BrokerAddress.Own.UserName)
        .WithPassword(BrokerAddress.Own.Password)
        .WithDatabase("postgres")
        .WithPortBinding(port, PostgreSqlBuilder.PostgreSqlPort)
        // The library turns this off, and a killed server then forgets what it has confirmed. The last setting wins.
        .WithCommand("-c", "synchronous_commit=on", "-c", "max_connections=300")
        .ForThisSession()
        .Build();
}
