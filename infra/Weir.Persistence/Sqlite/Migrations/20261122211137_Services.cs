using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weir.Persistence.Sqlite.Migrations
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
                type: "TEXT",
                nullable: false,
                defaultValue: DateTime.UnixEpoch);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "streams",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<double>(
                name: "cpu_share",
                table: "leases",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "memory_bytes",
                table: "leases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "running",
                table: "leases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "highest_epoch",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    reported = table.Column<long>(type: "INTEGER", nullable: false)
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
                    request = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    part = table.Column<int>(type: "INTEGER", nullable: false),
                    parts = table.Column<int>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parts", x => new { x.request, x.part });
                });

            migrationBuilder.CreateTable(
                name: "reports",
                columns: table => new
                {
                    stream = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    incarnation = table.Column<long>(type: "INTEGER", nullable: false),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    load = table.Column<double>(type: "REAL", nullable: true),
                    position = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    reported_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false, defaultValueSql: "0")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reports", x => x.stream);
                });

            migrationBuilder.CreateTable(
                name: "requests",
                columns: table => new
                {
                    request = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    answer = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    answered_at = table.Column<DateTime>(type: "TEXT", nullable: false)
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

            foreach (var when in new[] { "INSERT", "UPDATE" })
                migrationBuilder.Sql($"""
                    CREATE TRIGGER reports_{(when == "INSERT" ? "inserted" : "updated")} AFTER {when} ON reports {(when == "UPDATE" ? "WHEN OLD.changed IS NEW.changed" : "")} BEGIN
                        UPDATE counters SET value = value + 1 WHERE name = 'changed';
                        UPDATE reports SET changed = (SELECT value FROM counters WHERE name = 'changed') WHERE rowid = NEW.rowid;
                    END;
                    """);
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
