namespace Weir.Persistence.Stores;

/// <summary>Statements of a planner that must cost the same however many rows a pool has: each is a handful of looks into an index.</summary>
internal static class PlanningSql
{
    private const string Under = "state IN ('Starting', 'Releasing')";

    /// <summary>From each name to the next one, instead of over all rows.</summary>
    internal static readonly SqlPair Pools = new(
        $"WITH RECURSIVE {Names("workers")}, {Names("streams")} {AllNames}",
        $"WITH RECURSIVE {Names("workers")}, {Names("streams")} {AllNames}");

    /// <summary>Looks at the newest change of each table. A table that has none answers null.</summary>
    internal static readonly SqlPair Work = new(
        Question("json_array_elements_text(@pools::json) AS asked (pool)", "@since::bigint::text::xid8"),
        Question("(SELECT value AS pool FROM json_each(@pools)) AS asked", "@since"));

    private const string AllNames =
        "SELECT pool FROM pools UNION SELECT pool FROM all_workers WHERE pool IS NOT NULL UNION SELECT pool FROM all_streams WHERE pool IS NOT NULL";

    private static string Names(string table) => $"""
        all_{table} (pool) AS (
            SELECT min(pool) FROM {table}
            UNION ALL
            SELECT (SELECT min(next.pool) FROM {table} AS next WHERE next.pool > all_{table}.pool) FROM all_{table} WHERE all_{table}.pool IS NOT NULL)
        """;

    private static string Question(string asked, string since) => $"""
        SELECT coalesce(
            EXISTS (SELECT 1 FROM assignments WHERE {Under}) OR EXISTS (SELECT 1 FROM migrations WHERE {Under})
            OR EXISTS (SELECT 1 FROM pools WHERE changed >= {since})
            OR {Newest("leases", "")} >= {since} OR {Newest("reports", "")} >= {since}
            OR EXISTS (
                SELECT 1 FROM {asked}
                WHERE EXISTS (SELECT 1 FROM rebalances WHERE rebalances.pool = asked.pool) OR {InPool("workers")} >= {since} OR {InPool("streams")} >= {since} OR {InPool("assignments")} >= {since} OR {InPool("migrations")} >= {since}),
            false)
        """;

    private static string InPool(string table) => Newest(table, $"WHERE {table}.pool = asked.pool ");

    private static string Newest(string table, string where) => $"(SELECT changed FROM {table} {where}ORDER BY changed DESC LIMIT 1)";
}
