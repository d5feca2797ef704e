using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Network;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Schema;

/// <summary>A program starts on the schema it knows and on no other, and says what to do about it.</summary>
[Integration]
public sealed class SchemaTests(SharedPostgres postgres)
{
    private const string FirstMigration = "_Begin";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task EmptyDatabase_IsRefusedWithTheCommand(DatabaseKind kind)
    {
        await using var store = await UnmigratedAsync(kind);

        var verdict = await store.Inspector.InspectAsync(Cancel);

        Assert.Equal(SchemaState.Empty, verdict.State);
        Assert.Contains("none of Weir's tables", verdict.Message, StringComparison.Ordinal);
        Assert.Contains("weir store migrate", verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task OlderDatabase_IsRefused_UntilItIsMigrated(DatabaseKind kind)
    {
        await using var store = await UnmigratedAsync(kind);
        var all = Known(store);
        await store.Migrator.MigrateAsync(all.Single(name => name.EndsWith(FirstMigration, StringComparison.Ordinal)), Cancel);

        var before = await store.Inspector.InspectAsync(Cancel);
        var done = await store.Migrator.MigrateAsync(Cancel);
        var after = await store.Inspector.InspectAsync(Cancel);

        Assert.Equal((SchemaState.Older, SchemaState.Current), (before.State, after.State));
        Assert.Contains($"is at {all[0]}, {all[^1]} is needed", before.Message, StringComparison.Ordinal);
        Assert.Contains("weir store migrate", before.Message, StringComparison.Ordinal);
        Assert.Equal((all[0], all[^1]), (done.Before, done.After));
        Assert.Equal(all.Skip(1), done.Applied);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task NewerDatabase_IsRefused_AndNotMigratedEither(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await store.RunAsync((db, token) => ExecuteAsync(db, "INSERT INTO weir_migrations VALUES ('29990101000000_Later', '99')", token), Cancel);

        var verdict = await store.Inspector.InspectAsync(Cancel);
        var refused = await Assert.ThrowsAsync<SchemaRefusedException>(() => store.Migrator.MigrateAsync(Cancel));

        Assert.Equal(SchemaState.Newer, verdict.State);
        Assert.Contains("29990101000000_Later", verdict.Message, StringComparison.Ordinal);
        Assert.Equal(verdict, refused.Verdict);
    }

    [Fact]
    [Seed("error.database.connection-timeouts")]
    [Seed("scenario.database-connection-failures")]
    public async Task UnreachableDatabase_IsToldFromAnEmptyOne()
    {
        using var nobody = PortReservation.Take();
        var address = await postgres.DatabaseAsync(Cancel);

        await AssertUnreachableAsync(address.Through(nobody.Port).ConnectionString, "ConnectionRefused");
        await AssertUnreachableAsync(address.On("not_there").ConnectionString, "no such database");
        await AssertUnreachableAsync(With(address.ConnectionString, to => to.Password = "guessed"), "does not let this role in");
        await AssertUnreachableAsync(With(address.ConnectionString, to => to.Host = "no-such-host.invalid"), "");
    }

    [Fact]
    public async Task FileThatIsNoDatabase_IsUnreachable()
    {
        await using var store = Store.InFile();
        var file = store.Services.GetRequiredService<Weir.Persistence.Sqlite.SqliteConnections>().File;
        await File.WriteAllTextAsync(file, new string('x', 4096), Cancel);

        Assert.Equal(SchemaState.Unreachable, (await store.Inspector.InspectAsync(Cancel)).State);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres, 8)]
    [InlineData(DatabaseKind.Sqlite, 3)]
    public async Task SeveralProgramsMigratingAtOnce_OneWorksAndAllAreContent(DatabaseKind kind, int programs)
    {
        await using var store = await UnmigratedAsync(kind);

        var done = await Task.WhenAll(Enumerable.Range(0, programs).Select(_ => Task.Run(() => store.Migrator.MigrateAsync(Cancel), Cancel)));

        Assert.Single(done, migration => migration.Applied.Count > 0);
        Assert.Equal(SchemaState.Current, (await store.Inspector.InspectAsync(Cancel)).State);
        Assert.Equal(1, Assert.Single(await store.QueryAsync<long>($"SELECT count(*) AS \"Value\" FROM era", Cancel)));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task MigrationThatFailsHalfWay_LeavesTheDatabaseAsItWas(DatabaseKind kind)
    {
        await using var store = await UnmigratedAsync(kind);
        await store.Migrator.MigrateAsync(Known(store)[0], Cancel);
        await store.RunAsync((db, token) => ExecuteAsync(db, "CREATE TABLE \"OutboxState\" (in_the_way int)", token), Cancel);

        var failure = await Record.ExceptionAsync(() => store.Migrator.MigrateAsync(Cancel));
        var verdict = await store.Inspector.InspectAsync(Cancel);
        await store.RunAsync((db, token) => ExecuteAsync(db, "DROP TABLE \"OutboxState\"", token), Cancel);
        var done = await store.Migrator.MigrateAsync(Cancel);

        Assert.IsAssignableFrom<System.Data.Common.DbException>(failure);
        Assert.Equal(SchemaState.Older, verdict.State);
        Assert.Equal(Known(store).Skip(1), done.Applied);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Program_StartsOnTheSchemaItKnowsAlone(bool migrated)
    {
        var address = (await postgres.DatabaseAsync(Cancel)).ConnectionString;
        if (migrated)
        {
            await using var store = Store.On(address);
            await store.Migrator.MigrateAsync(Cancel);
        }

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddWeirPersistence(DatabaseKind.Postgres, options => options.ConnectionString = address).AddWeirSchemaCheck();
        using var program = builder.Build();
        var refusal = await Record.ExceptionAsync(() => program.StartAsync(Cancel));

        if (migrated) Assert.Null(refusal);
        else Assert.Equal(SchemaState.Empty, Assert.IsType<SchemaRefusedException>(refusal).Verdict.State);
        await program.StopAsync(Cancel);
    }

    private static async Task AssertUnreachableAsync(string connectionString, string why)
    {
        await using var store = Store.On(connectionString, options => options.ConnectTimeout = TimeSpan.FromSeconds(30));

        var verdict = await store.Inspector.InspectAsync(Cancel);
        var refused = await Assert.ThrowsAsync<SchemaRefusedException>(() => store.Migrator.MigrateAsync(Cancel));

        Assert.Equal((SchemaState.Unreachable, SchemaState.Unreachable), (verdict.State, refused.Verdict.State));
        Assert.Contains(why, verdict.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", verdict.Message, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<Store> UnmigratedAsync(DatabaseKind kind) =>
        kind == DatabaseKind.Sqlite ? Store.InFile() : Store.On((await postgres.DatabaseAsync(Cancel)).ConnectionString);

    private static List<string> Known(Store store)
    {
        using var db = store.Services.GetRequiredService<ISchemaAccess>().Open(toMigrate: false);
        return [.. Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetMigrations(db.Database)];
    }

    private static Task<int> ExecuteAsync(WeirDbContext db, string sql, CancellationToken cancel) =>
        Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, sql, cancel);

    private static string With(string connectionString, Action<NpgsqlConnectionStringBuilder> change)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        change(to);
        return to.ConnectionString;
    }
}
