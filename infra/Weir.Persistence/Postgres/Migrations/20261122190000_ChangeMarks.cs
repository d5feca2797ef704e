using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weir.Persistence.Postgres.Migrations;

/// <summary>Written by hand: the triggers that set <c>changed</c>, so that no writer can forget it.</summary>
[DbContext(typeof(PostgresWeirDbContext))]
[Migration("20261122190000_ChangeMarks")]
internal sealed class ChangeMarks : Migration
{
    private static readonly string[] Tables = ["workers", "observations", "streams", "pools", "assignments", "migrations"];

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE FUNCTION weir_mark_changed() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN NEW.changed := pg_current_xact_id(); RETURN NEW; END $$;
            """);
        foreach (var table in Tables)
            migrationBuilder.Sql($"CREATE TRIGGER changed BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION weir_mark_changed();");

        // A beat that finds its lease in order moves counters only; planners need not hear of it, and no index is touched.
        migrationBuilder.Sql("""
            CREATE TRIGGER changed BEFORE INSERT ON leases FOR EACH ROW EXECUTE FUNCTION weir_mark_changed();
            CREATE TRIGGER changed_unless_renewed BEFORE UPDATE ON leases FOR EACH ROW
            WHEN (ROW(OLD.worker, OLD.process, OLD.quiet_ms, OLD.state, OLD.stopped, OLD.predecessor, OLD.commands_unread, OLD.digest, OLD.stuck, OLD.listed_in)
                  IS DISTINCT FROM
                  ROW(NEW.worker, NEW.process, NEW.quiet_ms, NEW.state, NEW.stopped, NEW.predecessor, NEW.commands_unread, NEW.digest, NEW.stuck, NEW.listed_in))
            EXECUTE FUNCTION weir_mark_changed();
            """);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables) migrationBuilder.Sql($"DROP TRIGGER changed ON {table};");
        migrationBuilder.Sql("DROP TRIGGER changed ON leases; DROP TRIGGER changed_unless_renewed ON leases; DROP FUNCTION weir_mark_changed();");
    }
}
