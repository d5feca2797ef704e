using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Maps;
using Weir.Persistence.Postgres;
using Weir.Persistence.Rows;
using Weir.Persistence.Sqlite;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Schema;

[Unit]
public sealed class ModelTests
{
    [Fact]
    public void Migrations_AreUpToDateWithTheModel()
    {
        using var postgres = new PostgresDesign().CreateDbContext([]);
        using var sqlite = new SqliteDesign().CreateDbContext([]);

        Assert.All((WeirDbContext[])[postgres, sqlite], db => Assert.False(
            db.Database.HasPendingModelChanges(),
            $"The model of {db.GetType().Name} has changed: dotnet ef migrations add NAME --project infra/Weir.Persistence --startup-project tests/Weir.Persistence.Tests --context {db.GetType().Name}"));
    }

    [Fact]
    public void BothDatabases_HaveTheSameTablesAndColumns()
    {
        using var postgres = new PostgresDesign().CreateDbContext([]);
        using var sqlite = new SqliteDesign().CreateDbContext([]);

        Assert.Equal(Columns(postgres), Columns(sqlite));
    }

    [Fact]
    public void EveryMarkedRow_IsMarkedByTheDatabaseAlone()
    {
        using var postgres = new PostgresDesign().CreateDbContext([]);

        var marked = postgres.Model.GetEntityTypes().Where(type => typeof(IMarkedRow).IsAssignableFrom(type.ClrType)).ToList();

        Assert.Equal(8, marked.Count);
        Assert.All(marked, type => Assert.Equal("xid8", type.FindProperty(nameof(IMarkedRow.Changed))!.GetColumnType()));
    }

    [Theory]
    [InlineData("LocalModeFor", "local_mode_for")]
    [InlineData("Worker", "worker")]
    [InlineData("TableOid", "table_oid")]
    public void Column_IsNamedWithoutQuotes(string property, string column) => Assert.Equal(column, TableNaming.Snake(property));

    private static List<string> Columns(WeirDbContext db) =>
        [.. db.Model.GetEntityTypes().SelectMany(type => type.GetProperties().Select(property => $"{type.GetTableName()}.{property.GetColumnName()}")).Order(StringComparer.Ordinal)];
}
