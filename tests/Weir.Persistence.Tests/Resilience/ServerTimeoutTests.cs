using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Weir.Persistence.Faults;
using Weir.Persistence.Postgres;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Resilience;

/// <summary>The server itself ends what takes too long.</summary>
[Integration]
[Seed("2.1")]
public sealed class ServerTimeoutTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseLane.Main)]
    [InlineData(DatabaseLane.Beats)]
    public async Task TimeOuts_ReadBackFromTheServer_AreTheOptions_AlsoAfterATransactionOfOtherOnes(DatabaseLane lane)
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        var call = new DatabaseCall("settings") { Lane = lane };

        await store.Database.RunAsync(call, (unit, token) => unit.Db.Database.ExecuteSqlAsync($"SET LOCAL statement_timeout = 1000", token), Cancel);
        var settings = await store.Database.RunAsync(
            call,
            (unit, token) => unit.Db.Database.SqlQuery<string>($"SELECT name || '=' || setting || unit AS \"Value\" FROM pg_settings WHERE name IN ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout') ORDER BY name COLLATE \"C\"").ToListAsync(token),
            Cancel);

        Assert.Equal(["idle_in_transaction_session_timeout=30000ms", "lock_timeout=10000ms", "statement_timeout=30000ms"], settings);
    }

    [Fact]
    public async Task Sessions_AreNamedAfterTheirProgram()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel, options => options.ApplicationName = "weir-registry");

        Assert.Equal(["weir-registry"], await store.QueryAsync<string>($"SELECT application_name AS \"Value\" FROM pg_stat_activity WHERE pid = pg_backend_pid()", Cancel));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(15, null)]
    [InlineData(16, null)]
    [InlineData(17, "SET LOCAL transaction_timeout = 32000")]
    [InlineData(18, "SET LOCAL transaction_timeout = 32000")]
    public void TransactionTimeout_IsSetWhereTheServerKnowsIt(int major, string? statement) =>
        Assert.Equal(statement, new TransactionTimeout(Options.Create(new DatabaseOptions())).Statement(major));

    [Fact]
    public async Task LockThatIsHeldTooLong_IsWaitedForInVain_ThenTriedAgainAndHad()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel, options => options.LockTimeout = TimeSpan.FromMilliseconds(50));
        await store.RunAsync((db, _) => Task.FromResult(db.Workers.Add(Sample.Worker("w1"))), Cancel);
        var released = new TaskCompletionSource();
        var locked = new TaskCompletionSource();
        var holder = store.RunAsync(
            async (db, token) =>
            {
                await db.Database.ExecuteSqlAsync($"SELECT 1 FROM workers FOR UPDATE", token);
                locked.SetResult();
                await released.Task;
            },
            Cancel);

        await locked.Task;
        var tries = 0;
        await store.RunAsync(
            async (db, token) =>
            {
                if (++tries == 2) await EndAsync();
                await db.Database.ExecuteSqlAsync($"UPDATE workers SET capacity = 20", token);
            },
            Cancel);

        Assert.InRange(tries, 2, 4);
        Assert.Contains(store.Logs.Retries, entry => entry.Fields["SqlState"] == PostgresErrorCodes.LockNotAvailable);

        Task EndAsync()
        {
            released.SetResult();
            return holder;
        }
    }

    [Fact]
    public async Task StatementThatTakesTooLong_IsEndedByTheServer()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel, options =>
        {
            options.LockTimeout = TimeSpan.FromMilliseconds(50);
            options.StatementTimeout = TimeSpan.FromMilliseconds(100);
            options.RetriesMax = 1;
        });

        var told = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => store.RunAsync((db, token) => db.Database.ExecuteSqlAsync($"SELECT pg_sleep(60)", token), Cancel));

        Assert.Equal((FaultCategory.Timeout, "57014", 2), (told.Category, told.SqlState, told.Tries));
    }
}
