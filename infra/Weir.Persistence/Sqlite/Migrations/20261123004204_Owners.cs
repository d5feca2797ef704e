using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weir.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Owners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "owners",
                columns: table => new
                {
                    stream = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    pool = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    worker = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    incarnation = table.Column<long>(type: "INTEGER", nullable: false),
                    from_worker = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    assigned_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    running_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    told_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_owners", x => new { x.stream, x.epoch });
                });

            migrationBuilder.CreateIndex(
                name: "ix_migrations_started_at_correlation_id",
                table: "migrations",
                columns: new[] { "started_at", "correlation_id" });

            migrationBuilder.CreateIndex(
                name: "ix_migrations_stream_started_at",
                table: "migrations",
                columns: new[] { "stream", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_owners_told_at",
                table: "owners",
                column: "told_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "owners");

            migrationBuilder.DropIndex(
                name: "ix_migrations_started_at_correlation_id",
                table: "migrations");

            migrationBuilder.DropIndex(
                name: "ix_migrations_stream_started_at",
                table: "migrations");
        }
    }
}
