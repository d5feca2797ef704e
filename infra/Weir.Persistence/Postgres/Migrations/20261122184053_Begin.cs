using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weir.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Begin : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "epochs",
                minValue: 1L,
                maxValue: 9007199254740991L);

            migrationBuilder.CreateTable(
                name: "assignments",
                columns: table => new
                {
                    stream = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    pool = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    worker = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    incarnation = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    reason = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    hold = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(16)", maxLength: 16, nullable: false),
                    local_mode_for_ms = table.Column<long>(type: "bigint", nullable: false),
                    migrating = table.Column<bool>(type: "boolean", nullable: false),
                    deadline = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    asked = table.Column<int>(type: "integer", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    failing_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changed = table.Column<ulong>(type: "xid8", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assignments", x => x.stream);
                    table.CheckConstraint("ck_assignments_class", "class IN ('Unfenced', 'Fenced')");
                    table.CheckConstraint("ck_assignments_hold", "hold IN ('None', 'Paused', 'Quarantined', 'Withdrawn')");
                    table.CheckConstraint("ck_assignments_reason", "reason IN ('Declared', 'Released', 'Refused', 'Failed', 'RolledBack', 'NotHeld')");
                    table.CheckConstraint("ck_assignments_state", "state IN ('Unowned', 'Starting', 'Owned', 'Releasing')");
                });

            migrationBuilder.CreateTable(
                name: "era",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    began = table.Column<long>(type: "bigint", nullable: false),
                    system = table.Column<long>(type: "bigint", nullable: false),
                    timeline = table.Column<long>(type: "bigint", nullable: false),
                    table_oid = table.Column<long>(type: "bigint", nullable: false),
                    phase = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    quiet_ms = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_era", x => x.id);
                    table.CheckConstraint("ck_era_one_row", "id = 1");
                    table.CheckConstraint("ck_era_phase", "phase IN ('Collecting', 'Open')");
                });

            migrationBuilder.CreateTable(
                name: "leases",
                columns: table => new
                {
                    incarnation = table.Column<long>(type: "bigint", nullable: false),
                    worker = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    process = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    quiet_ms = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    stopped = table.Column<bool>(type: "boolean", nullable: false),
                    predecessor = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    mark_sent = table.Column<long>(type: "bigint", nullable: false),
                    mark_read = table.Column<long>(type: "bigint", nullable: false),
                    commands_unread = table.Column<bool>(type: "boolean", nullable: false),
                    digest = table.Column<long>(type: "bigint", nullable: false),
                    stuck = table.Column<int>(type: "integer", nullable: false),
                    listed_in = table.Column<long>(type: "bigint", nullable: false),
                    changed = table.Column<ulong>(type: "xid8", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_leases", x => x.incarnation);
                    table.CheckConstraint("ck_leases_state", "state IN ('Live', 'Fenced')");
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "migrations",
                columns: table => new
                {
                    correlation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    pool = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    stream = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    source = table.Column<long>(type: "bigint", nullable: false),
                    source_epoch = table.Column<long>(type: "bigint", nullable: false),
                    target = table.Column<long>(type: "bigint", nullable: false),
                    target_epoch = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    asked = table.Column<int>(type: "integer", nullable: false),
                    deadline = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    changed = table.Column<ulong>(type: "xid8", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_migrations", x => x.correlation_id);
                    table.CheckConstraint("ck_migrations_state", "state IN ('Releasing', 'Starting', 'Completed', 'RolledBack', 'Failed')");
                });

            migrationBuilder.CreateTable(
                name: "observations",
                columns: table => new
                {
                    incarnation = table.Column<long>(type: "bigint", nullable: false),
                    stream = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    stopping = table.Column<bool>(type: "boolean", nullable: false),
                    changed = table.Column<ulong>(type: "xid8", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_observations", x => new { x.incarnation, x.stream });
                });

            migrationBuilder.CreateTable(
                name: "planner_turn",
                columns: table => new
                {
                    pool = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    holder = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_planner_turn", x => x.pool);
                });

            migrationBuilder.CreateTable(
                name: "plans",
                columns: table => new
                {
                    pool = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    made_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    made_by = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    moves = table.Column<int>(type: "integer", nullable: false),
                    placements = table.Column<int>(type: "integer", nullable: false),
                    certificate = table.Column<string>(type: "jsonb", nullable: false),
                    report = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plans", x => new { x.pool, x.version });
                });

            migrationBuilder.CreateTable(
                name: "pools",
                columns: table => new
                {
                    pool = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    changed = table.Column<ulong>(type: "xid8", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pools", x => x.pool);
                });

            migrationBuilder.CreateTable(
                name: "streams",
                columns: table => new
                {
                    stream = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    pool = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    weight = table.Column<double>(type: "double precision", nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(16)", maxLength: 16, nullable: false),
                    local_mode_for_ms = table.Column<long>(type: "bigint", nullable: false),
                    hold = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    pinned_to = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    labels = table.Column<string>(type: "jsonb", nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: true),
                    declared_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    changed = table.Column<ulong>(type: "xid8", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_streams", x => x.stream);
                    table.CheckConstraint("ck_streams_class", "class IN ('Unfenced', 'Fenced')");
                    table.CheckConstraint("ck_streams_hold", "hold IN ('None', 'Paused', 'Quarantined', 'Withdrawn')");
                });

            migrationBuilder.CreateTable(
                name: "workers",
                columns: table => new
                {
                    worker = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    newest = table.Column<long>(type: "bigint", nullable: false),
                    process = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    attempt = table.Column<long>(type: "bigint", nullable: false),
                    pool = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    capacity = table.Column<double>(type: "double precision", nullable: false),
                    version = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    labels = table.Column<string>(type: "jsonb", nullable: false),
                    cordoned = table.Column<bool>(type: "boolean", nullable: false),
                    draining = table.Column<bool>(type: "boolean", nullable: false),
                    changed = table.Column<ulong>(type: "xid8", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workers", x => x.worker);
                });

            migrationBuilder.CreateIndex(
                name: "ix_assignments_deadline",
                table: "assignments",
                column: "deadline",
                filter: "state IN ('Starting', 'Releasing')");

            migrationBuilder.CreateIndex(
                name: "ix_assignments_incarnation",
                table: "assignments",
                column: "incarnation");

            migrationBuilder.CreateIndex(
                name: "ix_assignments_pool_changed",
                table: "assignments",
                columns: new[] { "pool", "changed" });

            migrationBuilder.CreateIndex(
                name: "ix_leases_changed",
                table: "leases",
                column: "changed");

            migrationBuilder.CreateIndex(
                name: "ix_leases_worker_incarnation",
                table: "leases",
                columns: new[] { "worker", "incarnation" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_migrations_deadline",
                table: "migrations",
                column: "deadline",
                filter: "state IN ('Releasing', 'Starting')");

            migrationBuilder.CreateIndex(
                name: "ix_migrations_pool_changed",
                table: "migrations",
                columns: new[] { "pool", "changed" });

            migrationBuilder.CreateIndex(
                name: "ix_migrations_stream",
                table: "migrations",
                column: "stream",
                unique: true,
                filter: "state IN ('Releasing', 'Starting')");

            migrationBuilder.CreateIndex(
                name: "ix_observations_changed",
                table: "observations",
                column: "changed");

            migrationBuilder.CreateIndex(
                name: "ix_plans_made_at",
                table: "plans",
                column: "made_at");

            migrationBuilder.CreateIndex(
                name: "ix_streams_pool_changed",
                table: "streams",
                columns: new[] { "pool", "changed" });

            migrationBuilder.CreateIndex(
                name: "ix_workers_pool_changed",
                table: "workers",
                columns: new[] { "pool", "changed" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "assignments");

            migrationBuilder.DropTable(
                name: "era");

            migrationBuilder.DropTable(
                name: "leases");

            migrationBuilder.DropTable(
                name: "migrations");

            migrationBuilder.DropTable(
                name: "observations");

            migrationBuilder.DropTable(
                name: "planner_turn");

            migrationBuilder.DropTable(
                name: "plans");

            migrationBuilder.DropTable(
                name: "pools");

            migrationBuilder.DropTable(
                name: "streams");

            migrationBuilder.DropTable(
                name: "workers");

            migrationBuilder.DropSequence(
                name: "epochs");
        }
    }
}
