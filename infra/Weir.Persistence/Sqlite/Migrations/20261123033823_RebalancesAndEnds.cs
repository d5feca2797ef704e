using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weir.Persistence.Sqlite.Migrations
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
                type: "TEXT",
                nullable: true);

            // When those that are over ended nobody knows any more: their day counts from here.
            migrationBuilder.Sql("UPDATE leases SET ended_at = strftime('%Y-%m-%d %H:%M:%f', 'now') WHERE state = 'Fenced';");

            migrationBuilder.CreateTable(
                name: "rebalances",
                columns: table => new
                {
                    pool = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false)
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
