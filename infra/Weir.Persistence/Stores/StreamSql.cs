namespace Weir.Persistence.Stores;

/// <summary>Parts of statements about streams that both databases take, but for the words in braces.</summary>
internal static class StreamSql
{
    // An owner whose lease is over counts as none: it may still act until its time is up, but nobody can rely on it.
    internal const string IsOwned = "(a.state <> 'Unowned' AND l.state = 'Live')";

    internal const string Worker = $"CASE WHEN {IsOwned} THEN a.worker END";

    internal const string State =
        $"CASE WHEN a.hold = 'Quarantined' THEN 'quarantined' WHEN s.hold = 'Paused' THEN 'paused' WHEN {IsOwned} THEN (CASE WHEN a.state = 'Owned' THEN 'running' ELSE 'starting' END) ELSE 'unowned' END";

    internal const string Weight = "coalesce(r.load, s.weight)";

    internal const string From =
        """
        FROM streams AS s
        LEFT JOIN assignments AS a ON a.stream = s.stream
        LEFT JOIN leases AS l ON l.incarnation = a.incarnation
        LEFT JOIN reports AS r ON r.stream = s.stream
        """;

    internal const string Columns =
        $"""
        SELECT s.stream, s.pool, s.kind, {State} AS state, {Worker} AS worker, coalesce(a.epoch, 0), coalesce(a.incarnation, 0), coalesce(a.state, 'Unowned'),
               CASE WHEN {IsOwned} THEN NULL WHEN a.stream IS NULL THEN 'Declared' WHEN a.state = 'Unowned' THEN a.reason ELSE 'OwnerLost' END,
               CASE WHEN {IsOwned} THEN coalesce(o.running_at, o.assigned_at) WHEN coalesce(a.epoch, 0) = 0 THEN s.declared_at ELSE o.ended_at END,
               s.weight, r.load, s.class, coalesce(a.migrating, {"{false}"}), s.pinned_to, s.labels, s.local_mode_for_ms, s.payload, s.declared_at, r.position, r.reported_at, coalesce(a.failures, 0)
        """;

    internal const string FromWithHistory = $"{From}\nLEFT JOIN owners AS o ON o.stream = a.stream AND o.epoch = a.epoch\n";

    /// <summary>What rows are sorted by, as an expression; texts by their bytes.</summary>
    internal static string SortedBy(string sort) => sort switch
    {
        "id" => "s.stream",
        "pool" => "s.pool {bytes}",
        "kind" => "s.kind {bytes}",
        "state" => $"({State}) {{bytes}}",
        "worker" => $"coalesce({Worker}, '') {{bytes}}",
        "weight" => "s.weight",
        "load" => Weight,
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "no such order"),
    };

    /// <summary>The statement in both databases' words.</summary>
    internal static SqlPair Of(string statement) => new(
        statement.Replace("{bytes}", "COLLATE \"C\"", StringComparison.Ordinal).Replace("{holds}", "strpos", StringComparison.Ordinal).Replace("{false}", "false", StringComparison.Ordinal),
        statement.Replace("{bytes}", "COLLATE BINARY", StringComparison.Ordinal).Replace("{holds}", "instr", StringComparison.Ordinal).Replace("{false}", "0", StringComparison.Ordinal));
}
