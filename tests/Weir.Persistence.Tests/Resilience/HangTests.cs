using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Weir.Persistence.Faults;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Network;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Persistence.Tests.Resilience;

/// <summary>A database that hangs keeps its sockets and answers nothing: neither the statement nor the wish to end it.</summary>
[Integration]
[Slow]
public sealed class HangTests(SharedPostgres postgres)
{
    // Of the deadline's 30 s nothing is waited for, nor of what it takes to ask a server that hangs to end a session.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(12);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StatementHangs_WhoeverGivesUpIsLetGo()
    {
        await using var direct = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await using var proxy = TcpProxy.To(new NpgsqlConnectionStringBuilder(direct.ConnectionString).Port);
        await using var store = Store.On(new DatabaseAddress(direct.ConnectionString).Through(proxy.Port).ConnectionString);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var run = store.RunAsync(
            async (db, token) =>
            {
                db.Workers.Add(Sample.Worker("w1"));
                await db.SaveChangesAsync(token);
                proxy.Hang();
                await db.Database.ExecuteSqlAsync($"SELECT 1", token);
            },
            caller.Token);
        await Eventually.TrueAsync("the statement to be on its way", async token => await WaitingAsync(direct, token) == 1, Soon, Cancel);
        var took = await GivesUpAsync<OperationCanceledException>(caller, run);
        proxy.Heal();

        Assert.InRange(took, TimeSpan.Zero, Patience.Scale(Soon));
        Assert.Equal("Cancelled", Assert.Single(store.Logs.Failures).Fields["Category"]);
        await Eventually.TrueAsync("what was left behind to end", async token => await WaitingAsync(direct, token) == 0, Soon, Cancel);
        Assert.Empty(await direct.QueryAsync<string>($"SELECT worker AS \"Value\" FROM workers", Cancel));
    }

    [Fact]
    public async Task CommitHangs_WhoeverGivesUpIsToldThatNobodyKnows()
    {
        await using var direct = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await using var proxy = TcpProxy.To(new NpgsqlConnectionStringBuilder(direct.ConnectionString).Port);
        await using var store = Store.On(new DatabaseAddress(direct.ConnectionString).Through(proxy.Port).ConnectionString);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var run = store.RunAsync(
            async (db, token) =>
            {
                db.Workers.Add(Sample.Worker("w1"));
                await db.SaveChangesAsync(token);
                proxy.Hang(Direction.ToClient);
            },
            caller.Token);
        await Eventually.TrueAsync(
            "the commit to be done", async token => (await direct.QueryAsync<string>($"SELECT worker AS \"Value\" FROM workers", token)).Count == 1, Soon, Cancel);
        var took = await GivesUpAsync<CommitResultUnknownException>(caller, run);
        proxy.Heal();

        Assert.InRange(took, TimeSpan.Zero, Patience.Scale(Soon));
    }

    private static async Task<TimeSpan> GivesUpAsync<TFault>(CancellationTokenSource caller, Task run)
        where TFault : Exception
    {
        var begun = Stopwatch.GetTimestamp();
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<TFault>(() => run);
        return Stopwatch.GetElapsedTime(begun);
    }

    // The hung statement never reaches the server: its session stands still within its transaction.
    private static async Task<long> WaitingAsync(Store direct, CancellationToken cancel) => (await direct.QueryAsync<long>(
        $"SELECT count(*) AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle in transaction'", cancel))[0];
}
