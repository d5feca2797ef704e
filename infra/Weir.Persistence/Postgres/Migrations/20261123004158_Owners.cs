using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weir.Persistence.Postgres.Migrations
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
                    stream = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    pool = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    worker = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    incarnation = table.Column<long>(type: "bigint", nullable: false),
                    from_worker = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    assigned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    running_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    told_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
