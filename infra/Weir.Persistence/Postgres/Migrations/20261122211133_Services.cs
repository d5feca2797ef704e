using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weir.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Services : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "registered_at",
                table: "workers",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: DateTime.UnixEpoch);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "streams",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<double>(
                name: "cpu_share",
                table: "leases",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "memory_bytes",
                table: "leases",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "running",
                table: "leases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "highest_epoch",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    reported = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_highest_epoch", x => x.id);
                    table.CheckConstraint("ck_highest_epoch_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "parts",
                columns: table => new
                {
                    request = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    part = table.Column<int>(type: "integer", nullable: false),
                    parts = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parts", x => new { x.request, x.part });
                });

            migrationBuilder.CreateTable(
                name: "reports",
                columns: table => new
                {
                    stream = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    incarnation = table.Column<long>(type: "bigint", nullable: false),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    load = table.Column<double>(type: "double precision", nullable: true),
                    position = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    reported_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changed = table.Column<ulong>(type: "xid8", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reports", x => x.stream);
                });

            migrationBuilder.CreateTable(
                name: "requests",
                columns: table => new
                {
                    request = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    answer = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_requests", x => x.request);
                });

            migrationBuilder.InsertData(
                table: "highest_epoch",
                columns: new[] { "id", "reported" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "ix_parts_received_at",
                table: "parts",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_reports_changed",
                table: "reports",
                column: "changed");

            migrationBuilder.CreateIndex(
                name: "ix_requests_answered_at",
                table: "requests",
                column: "answered_at");

            migrationBuilder.Sql("CREATE TRIGGER changed BEFORE INSERT OR UPDATE ON reports FOR EACH ROW EXECUTE FUNCTION weir_mark_changed();");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "highest_epoch");

            migrationBuilder.DropTable(
                name: "parts");

            migrationBuilder.DropTable(
                name: "reports");

            migrationBuilder.DropTable(
                name: "requests");

            migrationBuilder.DropColumn(
                name: "registered_at",
                table: "workers");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "streams");

            migrationBuilder.DropColumn(
                name: "cpu_share",
                table: "leases");

            migrationBuilder.DropColumn(
                name: "memory_bytes",
                table: "leases");

            migrationBuilder.DropColumn(
                name: "running",
                table: "leases");
        }
    }
}
