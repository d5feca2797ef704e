using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Faults;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Network;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Persistence.Tests.Resilience;

/// <summary>The network breaks between COMMIT and its answer: told as its own outcome, done once at most, and settled by reading.</summary>
[Integration]
[Seed("error.database.transaction-failures")]
public sealed class CommitUnknownTests(SharedPostgres postgres)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Direction.ToClient, 1)]
    [InlineData(Direction.ToServer, 0)]
    public async Task CutAtCommit_IsUnknown_AndNeverTriedAgain(Direction lost, int rows)
    {
        await using var direct = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        var address = new Weir.Testing.Servers.DatabaseAddress(direct.ConnectionString);
        await using var proxy = TcpProxy.To(new Npgsql.NpgsqlConnectionStringBuilder(direct.ConnectionString).Port);
        await using var store = Store.On(address.Through(proxy.Port).ConnectionString);
        var tries = 0;
        var hung = new TaskCompletionSource();

        var run = store.RunAsync(
            async (db, token) =>
            {
                tries++;
                db.Workers.Add(Sample.Worker("w1"));
                await db.SaveChangesAsync(token);
                proxy.Hang(lost);
                hung.SetResult();
            },
            Cancel);
        await hung.Task.WaitAsync(Bound, Cancel);
        await Eventually.TrueAsync("the commit to be sent", async token => (await SessionsAsync(direct, lost, token)) == 1, Bound, Cancel);
        proxy.Cut();
        var told = await Assert.ThrowsAsync<CommitResultUnknownException>(() => run);
        proxy.Heal();

        Assert.Equal((1, "test", FaultCategory.CommitUnknown), (tries, told.Operation, told.Category));
        // A locking read waits for whatever is still under way at the server; then it says what became of it.
        var there = await direct.QueryAsync<string>($"SELECT worker AS \"Value\" FROM workers FOR UPDATE", Cancel);
        Assert.Equal(rows, there.Count);
        Assert.Equal("CommitUnknown", Assert.Single(store.Logs.Failures).Fields["Category"]);
    }

    [Fact]
    public async Task CommitThatTheServerRefuses_IsNoUnknown()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await store.RunAsync((db, token) => db.Database.ExecuteSqlAsync($"CREATE TABLE once (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)", token), Cancel);

        var told = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => store.RunAsync((db, token) => db.Database.ExecuteSqlAsync($"INSERT INTO once VALUES (1), (1)", token), Cancel));

        Assert.Equal("23505", told.SqlState);
    }

    // Lost on the way back: the server has ended the transaction. Lost on the way there: it still waits for the next statement.
    private static async Task<long> SessionsAsync(Store direct, Direction lost, CancellationToken cancel)
    {
        var (state, last) = lost == Direction.ToClient ? ("idle", "commit%") : ("idle in transaction", "%");
        return (await direct.QueryAsync<long>(
            $"SELECT count(*) AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = {state} AND query ILIKE {last}", cancel))[0];
    }
}
