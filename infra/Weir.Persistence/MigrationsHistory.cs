using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Weir.Persistence;

/// <summary>The table that says which migrations a database has.</summary>
internal static class MigrationsHistory
{
    internal const string Table = "weir_migrations";

    internal static void On(NpgsqlDbContextOptionsBuilder postgres) => postgres.MigrationsHistoryTable(Table);

    internal static void On(SqliteDbContextOptionsBuilder sqlite) => sqlite.MigrationsHistoryTable(Table);
}
