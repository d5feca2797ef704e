using Microsoft.EntityFrameworkCore;
using Npgsql;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Network;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Logs;

/// <summary>A failed unit of work leaves one entry that says what an operator needs, and none that says what nobody may read.</summary>
[Integration]
[Seed("2.4")]
public sealed class FailureLogTests(SharedPostgres postgres)
{
    private const string Canary = "canary-7f3a";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FailedOperation_LeavesOneEntryWithItsFigures()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        var call = new DatabaseCall("workers.register") { CorrelationId = "c-42" };

        await Record.ExceptionAsync(() => store.Database.RunAsync(call, (unit, token) => unit.Db.Database.ExecuteSqlAsync($"SELEC 1", token), Cancel));

        var entry = Assert.Single(store.Logs.Failures);
        Assert.Equal(("workers.register", "42601", "Syntax", "1", "c-42"), (entry.Fields["Operation"], entry.Fields["SqlState"], entry.Fields["Category"], entry.Fields["Attempt"], entry.Fields["CorrelationId"]));
        Assert.True(double.Parse(entry.Fields["DurationMs"], System.Globalization.CultureInfo.InvariantCulture) > 0);
    }

    [Theory]
    [InlineData("INSERT INTO workers (worker, newest, process, attempt, pool, capacity, labels, cordoned, draining) VALUES ('w1', 1, 'p', 1, 'default', 1, '{{}}', false, false), ('w1', 1, 'p', 1, 'default', 1, '{{}}', false, false)", "23505")]
    [InlineData("INSERT INTO workers (worker) VALUES ('w1')", "23502")]
    [InlineData("UPDATE assignments SET state = 'Dancing'", null)]
    [InlineData("SELECT * FROM no_such_table", "42P01")]
    [InlineData("SET ROLE nobody_at_all; SELECT 1", "22023")]
    public async Task LastingFault_OnARealServer_IsTriedOnce(string sql, string? code)
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        var tries = 0;

        var told = await Record.ExceptionAsync(() => store.RunAsync(
            (db, token) =>
            {
                tries++;
                return db.Database.ExecuteSqlRawAsync(sql, token);
            },
            Cancel));

        Assert.Equal(1, tries);
        Assert.Equal(code, (told as PostgresException)?.SqlState);
    }

    [Fact]
    public async Task RoleWithoutTheRight_IsRefusedOnce()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await store.RunAsync((db, token) => db.Database.ExecuteSqlRawAsync("CREATE ROLE without_rights LOGIN PASSWORD 'x'", token), Cancel);
        await using var poor = Store.On(new NpgsqlConnectionStringBuilder(store.ConnectionString) { Username = "without_rights", Password = "x" }.ConnectionString);

        var told = await Assert.ThrowsAsync<PostgresException>(() => poor.RunAsync((db, token) => db.Workers.ExecuteDeleteAsync(token), Cancel));

        Assert.Equal("42501", told.SqlState);
        Assert.Equal(("Permission", "1"), (Assert.Single(poor.Logs.Failures).Fields["Category"], poor.Logs.Failures[0].Fields["Attempt"]));
    }

    [Fact]
    [Slow]
    public async Task NoLogOfAnyKind_HoldsPasswordsOrValues()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        using var nobody = PortReservation.Take();
        await store.RunAsync((db, token) => db.Database.ExecuteSqlRawAsync($"CREATE ROLE secretive LOGIN PASSWORD '{Canary}-right'; GRANT ALL ON workers, weir_migrations TO secretive", token), Cancel);
        await using var wrong = Login(store, $"{Canary}-wrong");
        await using var right = Login(store, $"{Canary}-right");
        await using var away = Store.On(new NpgsqlConnectionStringBuilder(store.ConnectionString) { Port = nobody.Port, Password = $"{Canary}-away" }.ConnectionString);

        var secret = string.Concat(Canary);

        foreach (var program in (Store[])[wrong, right, away])
        {
            await FailAsync(program, (db, token) => db.Database.ExecuteSqlAsync($"SELECT {secret}::int", token));
            await FailAsync(program, (db, _) => Task.FromResult(db.Workers.Add(Twice())));
            await FailAsync(program, (db, _) => Task.FromResult(db.Workers.Add(Twice())));
            await FailAsync(program, (db, token) => db.Workers.Where(row => row.Process == secret).ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, secret), token));
            await program.Inspector.InspectAsync(Cancel);
        }

        Assert.All((Store[])[wrong, right, away], program => Assert.NotEmpty(program.Logs.Failures));
        var told = ((Store[])[wrong, right, away]).SelectMany(program => program.Logs.Entries).ToList();
        Assert.True(told.Count > 20, $"only {told.Count} entries: the test looks at nothing");
        Assert.DoesNotContain(told, entry => entry.ToString().Contains(Canary, StringComparison.Ordinal));
    }

    private static Rows.StoredWorker Twice()
    {
        var worker = Sample.Worker("w1");
        (worker.Process, worker.Labels) = (Canary, $$"""{"key":"{{Canary}}"}""");
        return worker;
    }

    private static Store Login(Store store, string password) =>
        Store.On(new NpgsqlConnectionStringBuilder(store.ConnectionString) { Username = "secretive", Password = password }.ConnectionString, options => options.RetriesMax = 1);

    private static async Task FailAsync(Store store, Func<WeirDbContext, CancellationToken, Task> work) => await Record.ExceptionAsync(() => store.RunAsync(work, Cancel));
}
