using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weir.Persistence.Sqlite.Migrations;

/// <summary>
/// Written by hand: what PostgreSQL brings along and SQLite does not, as one table of counters (changes, epochs, the file's
/// identity), and the triggers that set <c>changed</c>.
/// </summary>
[DbContext(typeof(SqliteWeirDbContext))]
[Migration("20261122190000_ChangeMarks")]
internal sealed class ChangeMarks : Migration
{
    private const string RenewalAside =
        "OLD.worker IS NOT NEW.worker OR OLD.process IS NOT NEW.process OR OLD.quiet_ms IS NOT NEW.quiet_ms OR OLD.state IS NOT NEW.state "
        + "OR OLD.stopped IS NOT NEW.stopped OR OLD.predecessor IS NOT NEW.predecessor OR OLD.commands_unread IS NOT NEW.commands_unread "
        + "OR OLD.digest IS NOT NEW.digest OR OLD.stuck IS NOT NEW.stuck OR OLD.listed_in IS NOT NEW.listed_in";

    private static readonly string[] Tables = ["workers", "leases", "observations", "streams", "pools", "assignments", "migrations"];

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
            INSERT INTO counters (name, value) VALUES ('changed', 0), ('epochs', 0), ('identity', 0);
            """);
        foreach (var table in Tables)
        {
            // Triggers do not fire on what triggers write to their own table: recursive_triggers is off unless somebody asks for it.
            var when = table == "leases" ? $"WHEN {RenewalAside}" : "WHEN OLD.changed IS NEW.changed";
            migrationBuilder.Sql($"CREATE TRIGGER {table}_inserted AFTER INSERT ON {table} BEGIN {Mark(table)} END;");
            migrationBuilder.Sql($"CREATE TRIGGER {table}_updated AFTER UPDATE ON {table} {when} BEGIN {Mark(table)} END;");
        }
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables) migrationBuilder.Sql($"DROP TRIGGER {table}_inserted; DROP TRIGGER {table}_updated;");
        migrationBuilder.Sql("DROP TABLE counters;");
    }

    private static string Mark(string table) =>
        $"UPDATE counters SET value = value + 1 WHERE name = 'changed'; "
        + $"UPDATE {table} SET changed = (SELECT value FROM counters WHERE name = 'changed') WHERE rowid = NEW.rowid;";
}
