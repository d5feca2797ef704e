using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Weir.Persistence.Tests.Stage;

/// <summary>A second run of this assembly that takes a lock, says so, and waits to be stopped by a test.</summary>
internal static class HungClient
{
    internal const string Switch = "--hung-client";
    internal const string Ready = "locked";

    internal static async Task<int> RunAsync(string connectionString)
    {
        await using var store = Store.On(connectionString, options => options.IdleInTransactionTimeout = TimeSpan.FromSeconds(5));
        await store.RunAsync(
            async (db, token) =>
            {
                await db.Database.ExecuteSqlAsync($"UPDATE workers SET capacity = 99", token);
                await Console.Out.WriteLineAsync(Ready);
                // Nothing more comes in; the end of input means that whoever was to stop us is gone itself.
                await Console.In.ReadToEndAsync(token);
            },
            CancellationToken.None);
        return 0;
    }

    internal static Process Start(string connectionString) => Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Switch, connectionString])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    internal static async Task StopAsync(Process client, CancellationToken cancel)
    {
        using var kill = Process.Start("kill", ["-STOP", client.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancel);
        Assert.Equal(0, kill.ExitCode);
    }
}
