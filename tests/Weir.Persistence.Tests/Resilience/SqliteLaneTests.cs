using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Faults;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Resilience;

[Integration]
[Seed("resilience.database-operation-resilience")]
public sealed class SqliteLaneTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ManyWriters_TakeTurns()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Sqlite, null!, Cancel);
        await store.RunAsync((db, _) => Task.FromResult(db.Workers.Add(Sample.Worker("w1"))), Cancel);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(
            () => store.RunAsync((db, token) => db.Database.ExecuteSqlAsync($"UPDATE workers SET capacity = capacity + 1", token), Cancel), Cancel)));

        Assert.Equal([60], await store.QueryAsync<double>($"SELECT capacity AS \"Value\" FROM workers", Cancel));
        Assert.Empty(store.Logs.Retries);
    }

    [Fact]
    [Slow]
    public async Task FileThatAnotherProgramHolds_IsBusy_AndTriedAgain()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Sqlite, null!, Cancel, options =>
        {
            options.LockTimeout = TimeSpan.FromSeconds(1);
            options.RetriesMax = 1;
        });
        await using var other = new SqliteConnection(store.ConnectionString);
        await other.OpenAsync(Cancel);
        await using (await other.BeginTransactionAsync(Cancel))
        {
            var told = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => store.RunAsync((db, _) => Task.FromResult(db.Workers.Add(Sample.Worker("w1"))), Cancel));
            Assert.Equal((FaultCategory.LockTimeout, "SQLITE_5", 2), (told.Category, told.SqlState, told.Tries));
        }

        await store.RunAsync((db, _) => Task.FromResult(db.Workers.Add(Sample.Worker("w1"))), Cancel);
    }
}
