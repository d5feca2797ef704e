using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weir.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class RebalancesAndEnds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "ended_at",
                table: "leases",
                type: "timestamp with time zone",
                nullable: true);

            // When those that are over ended nobody knows any more: their day counts from here.
            migrationBuilder.Sql("UPDATE leases SET ended_at = now() WHERE state = 'Fenced';");

            migrationBuilder.CreateTable(
                name: "rebalances",
                columns: table => new
                {
                    pool = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rebalances", x => new { x.pool, x.key });
                });

            migrationBuilder.CreateIndex(
                name: "ix_rebalances_asked_at",
                table: "rebalances",
                column: "asked_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "rebalances");

            migrationBuilder.DropColumn(
                name: "ended_at",
                table: "leases");
        }
    }
}
