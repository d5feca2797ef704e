using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Faults;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Resilience;

[Chaos]
[Seed("5.1")]
public sealed class LostConnectionTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SessionEndedByTheServer_IsDoneAgainOnAnother()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        var tries = 0;

        await store.RunAsync(
            async (db, token) =>
            {
                db.Workers.Add(Sample.Worker("w1"));
                await db.SaveChangesAsync(token);
                if (++tries == 1) await db.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend(pg_backend_pid())", token);
            },
            Cancel);

        Assert.Equal(2, tries);
        Assert.Equal("57P01", Assert.Single(store.Logs.Retries).Fields["SqlState"]);
        Assert.Equal(["w1"], await store.QueryAsync<string>($"SELECT worker AS \"Value\" FROM workers", Cancel));
    }

    [Fact]
    public async Task WorkThatCatchesTheLossAndGoesOn_CommitsNothingByItself()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        var tries = 0;

        await store.RunAsync(
            async (db, token) =>
            {
                if (++tries == 1) await Record.ExceptionAsync(() => db.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend(pg_backend_pid())", token));
                db.Workers.Add(Sample.Worker($"w{tries}"));
                await db.SaveChangesAsync(token);
            },
            Cancel);

        Assert.Equal(2, tries);
        Assert.Equal("ConnectionLost", Assert.Single(store.Logs.Retries).Fields["Category"]);
        Assert.Equal(["w2"], await store.QueryAsync<string>($"SELECT worker AS \"Value\" FROM workers", Cancel));
    }

    [Fact]
    [Slow]
    public async Task ServerKilled_IsTriedThreeTimesMore_ThenTold_AndBackWithoutARestart()
    {
        await using var server = await TestServers.OwnDatabaseAsync(Cancel);
        await using var store = Store.On(server.Address.ConnectionString);
        await store.Migrator.MigrateAsync(Cancel);
        await store.RunAsync((db, _) => Task.FromResult(db.Workers.Add(Sample.Worker("w1"))), Cancel);

        await server.KillAsync(Cancel);
        var told = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => store.QueryAsync<string>($"SELECT worker AS \"Value\" FROM workers", Cancel));
        await server.RestartAsync(Cancel);
        var after = await store.QueryAsync<string>($"SELECT worker AS \"Value\" FROM workers", Cancel);

        Assert.Equal(4, told.Tries);
        Assert.Equal(3, store.Logs.Retries.Count);
        Assert.Equal(["w1"], after);
    }

    [Fact]
    [Slow]
    public async Task ServerRestartedMeanwhile_IsNotEvenNoticedByTheCaller()
    {
        await using var server = await TestServers.OwnDatabaseAsync(Cancel);
        await using var store = Store.On(server.Address.ConnectionString, options =>
        {
            // A server may take long to be back.
            (options.RetryBase, options.RetryMax, options.RetriesMax) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), 10);
            options.Deadline = TimeSpan.FromMinutes(2);
        });
        await store.Migrator.MigrateAsync(Cancel);
        await server.KillAsync(Cancel);

        var run = store.RunAsync((db, _) => Task.FromResult(db.Workers.Add(Sample.Worker("w1"))), Cancel);
        await server.RestartAsync(Cancel);
        await run;

        Assert.Empty(store.Logs.Failures);
        Assert.NotEmpty(store.Logs.Retries);
    }
}
