using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Resilience;

/// <summary>A process that hangs with a lock in its hands holds nobody up for longer than the server's patience.</summary>
[Chaos]
[Seed("2.2")]
public sealed class HungClientTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Slow]
    public async Task StoppedProcess_LosesItsTransaction_AndOthersGoOn()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel, options =>
        {
            options.LockTimeout = TimeSpan.FromMilliseconds(500);
            options.RetriesMax = 10;
        });
        await store.RunAsync((db, _) => Task.FromResult(db.Workers.Add(Sample.Worker("w1"))), Cancel);
        using var client = HungClient.Start(store.ConnectionString);
        try
        {
            Assert.Equal(HungClient.Ready, await client.StandardOutput.ReadLineAsync(Cancel));
            await HungClient.StopAsync(client, Cancel);

            await store.RunAsync((db, token) => db.Database.ExecuteSqlAsync($"UPDATE workers SET capacity = capacity + 1", token), Cancel);

            Assert.Equal([11], await store.QueryAsync<double>($"SELECT capacity AS \"Value\" FROM workers", Cancel));
            Assert.Contains(store.Logs.Retries, entry => entry.Fields["Category"] == "LockTimeout");
            Assert.False(client.HasExited, "the client was to hang, not to end");
        }
        finally
        {
            client.Kill();
            await client.WaitForExitAsync(Cancel);
        }
    }
}
