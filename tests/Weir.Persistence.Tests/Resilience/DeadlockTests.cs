using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Resilience;

[Integration]
[Seed("2.1")]
[Seed("error.database.deadlock-detection")]
public sealed class DeadlockTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoThatWaitForEachOther_BothGetDone()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await store.RunAsync((db, _) => Task.FromResult((db.Workers.Add(Sample.Worker("a")), db.Workers.Add(Sample.Worker("b")))), Cancel);
        using var bothHaveOne = new Barrier(2);

        await Task.WhenAll(AddAsync("a", "b"), AddAsync("b", "a"));

        Assert.Equal([12, 12], await store.QueryAsync<double>($"SELECT capacity AS \"Value\" FROM workers", Cancel));
        // Whoever was ended may be back before the other one had its row, and is ended again.
        Assert.NotEmpty(store.Logs.Retries);
        Assert.All(store.Logs.Retries, retry => Assert.Equal("40P01", retry.Fields["SqlState"]));
        Assert.Empty(store.Logs.Failures);

        Task AddAsync(string first, string second)
        {
            var tries = 0;
            return Task.Run(() => store.RunAsync(
                async (db, token) =>
                {
                    await db.Database.ExecuteSqlAsync($"UPDATE workers SET capacity = capacity + 1 WHERE worker = {first}", token);
                    if (++tries == 1) bothHaveOne.SignalAndWait(token);
                    await db.Database.ExecuteSqlAsync($"UPDATE workers SET capacity = capacity + 1 WHERE worker = {second}", token);
                },
                Cancel));
        }
    }
}
