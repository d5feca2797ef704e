using Weir.Testing.Servers;
using Weir.Testing.Servers.Processes;

namespace Weir.Testing.Tests.Servers;

/// <summary>A second run of this assembly that starts a broker and a database, says so, and waits to be killed.</summary>
internal static class DoomedHost
{
    public const string Switch = "--doomed-host";
    public const string Ready = "doomed:";

    public static async Task<int> RunAsync(string kind)
    {
        IServerSource source = kind == ServerLog.Word(ServerKind.Docker) ? TestServers.Docker : TestServers.Local;
        await Task.WhenAll(source.StartBrokerAsync(CancellationToken.None), source.StartDatabaseAsync(CancellationToken.None));
        await Console.Out.WriteLineAsync($"{Ready}{Session.OfThisProcess.Id}:{Session.OfThisProcess.Folder}");
        // Nothing more comes in; the end of input means that whoever was to kill us is gone itself.
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
