using Weir.Testing.Servers;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>Orchestrator's own program as a child process, to be killed.</summary>
internal static class OrchestratorProcess
{
    internal static Task<ChildProgram> StartAsync(Servers servers, string replica)
    {
        // Built beside this test program, with the same configuration.
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var file = Path.Combine(built.Parent!.Parent!.FullName, "Weir.Orchestrator", built.Name, "Weir.Orchestrator");
        return ChildProgram.StartAsync(replica, file, [], Settings(servers, replica), TestContext.Current.CancellationToken);
    }

    private static Dictionary<string, string?> Settings(Servers servers, string replica) => new(StringComparer.Ordinal)
    {
        ["DOTNET_gcServer"] = "0",
        ["Weir__Store__Kind"] = "Postgres",
        ["Weir__Store__ConnectionString"] = servers.Database.ConnectionString,
        ["Weir__Bus__Hosts__0"] = servers.Broker.Amqp.Host,
        ["Weir__Bus__Port"] = $"{servers.Broker.Amqp.Port}",
        ["Weir__Bus__VirtualHost"] = servers.Broker.VirtualHost,
        ["Weir__Bus__User"] = servers.Broker.Credential.UserName,
        ["Weir__Bus__Password"] = servers.Broker.Credential.Password,
        ["Weir__Orchestrator__Replica"] = replica,
    };
}
