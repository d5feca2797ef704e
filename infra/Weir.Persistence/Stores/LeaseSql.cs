namespace Weir.Persistence.Stores;

/// <summary>
/// The statements of leases. On PostgreSQL each locks its rows in order first and then checks its condition again, for a row may
/// have changed while it waited. SQLite has one writer, so there the condition alone does.
/// </summary>
internal static class LeaseSql
{
    /// <summary>
    /// incarnation, sequence, mark_sent of each row renewed; PostgreSQL adds worker, process, the quiet before, and of the worker
    /// whose newest life it is: pool, draining, cordoned. SQLite reads those before.
    /// </summary>
    internal static readonly SqlPair Renew = new(
        """
        WITH beat AS MATERIALIZED (
            SELECT l.incarnation, b.sequence, b.digest, b.mark_read, b.stuck, b.running, b.cpu, b.memory, l.quiet_ms AS quiet_before, w.pool, w.draining, w.cordoned
            FROM json_to_recordset(@rows::json) AS b(worker text, incarnation bigint, sequence bigint, digest bigint, mark_read bigint, stuck integer,
                running integer, cpu double precision, memory bigint)
            JOIN leases AS l ON l.incarnation = b.incarnation AND l.worker = b.worker
            LEFT JOIN workers AS w ON w.worker = l.worker AND w.newest = l.incarnation
            WHERE l.state = 'Live' AND NOT l.commands_unread AND l.sequence < b.sequence
            ORDER BY l.incarnation FOR NO KEY UPDATE OF l)
        UPDATE leases AS l
        SET sequence = beat.sequence, quiet_ms = 0, digest = beat.digest, stuck = beat.stuck, mark_read = greatest(l.mark_read, beat.mark_read),
            running = beat.running, cpu_share = beat.cpu, memory_bytes = beat.memory,
            mark_sent = CASE WHEN beat.sequence - l.mark_sent >= @every THEN beat.sequence ELSE l.mark_sent END
        FROM beat
        WHERE l.incarnation = beat.incarnation AND l.state = 'Live' AND NOT l.commands_unread AND l.sequence < beat.sequence
        RETURNING l.incarnation, l.sequence, l.mark_sent, l.worker, l.process, beat.quiet_before, beat.pool, beat.draining, beat.cordoned
        """,
        """
        UPDATE leases
        SET sequence = beat.sequence, quiet_ms = 0, digest = beat.digest, stuck = beat.stuck, mark_read = max(leases.mark_read, beat.mark_read),
            running = beat.running, cpu_share = beat.cpu, memory_bytes = beat.memory,
            mark_sent = CASE WHEN beat.sequence - leases.mark_sent >= @every THEN beat.sequence ELSE leases.mark_sent END
        FROM (SELECT value ->> 'worker' AS worker, value ->> 'incarnation' AS incarnation, value ->> 'sequence' AS sequence,
                     value ->> 'digest' AS digest, value ->> 'mark_read' AS mark_read, value ->> 'stuck' AS stuck,
                     value ->> 'running' AS running, value ->> 'cpu' AS cpu, value ->> 'memory' AS memory FROM json_each(@rows)) AS beat
        WHERE leases.incarnation = beat.incarnation AND leases.worker = beat.worker
          AND leases.state = 'Live' AND NOT leases.commands_unread AND leases.sequence < beat.sequence
        RETURNING incarnation, sequence, mark_sent
        """);

    /// <summary>incarnation, quiet_ms, state of each row written; PostgreSQL adds state and quiet before, SQLite cannot.</summary>
    internal static readonly SqlPair Mark = new(
        """
        WITH mark AS MATERIALIZED (
            SELECT l.incarnation, l.state AS before, l.quiet_ms AS quiet_before, m.sequence, m.quiet_ms, m.fence, m.commands_unread, m.unread_mark
            FROM json_to_recordset(@rows::json) AS m(incarnation bigint, sequence bigint, quiet_ms bigint, fence boolean, commands_unread boolean, unread_mark bigint)
            JOIN leases AS l ON l.incarnation = m.incarnation
            WHERE l.sequence = m.sequence OR (m.commands_unread AND l.mark_read < m.unread_mark)
            ORDER BY l.incarnation FOR NO KEY UPDATE OF l)
        UPDATE leases AS l
        SET quiet_ms = CASE WHEN l.sequence = mark.sequence THEN greatest(l.quiet_ms, mark.quiet_ms) ELSE l.quiet_ms END,
            state = CASE WHEN mark.fence AND l.sequence = mark.sequence THEN 'Fenced' ELSE l.state END,
            ended_at = CASE WHEN mark.fence AND l.sequence = mark.sequence THEN coalesce(l.ended_at, now()) ELSE l.ended_at END,
            commands_unread = l.commands_unread OR (mark.commands_unread AND l.mark_read < mark.unread_mark)
        FROM mark
        WHERE l.incarnation = mark.incarnation AND (l.sequence = mark.sequence OR (mark.commands_unread AND l.mark_read < mark.unread_mark))
        RETURNING l.incarnation, l.quiet_ms, l.state, mark.before, mark.quiet_before
        """,
        """
        UPDATE leases
        SET quiet_ms = CASE WHEN leases.sequence = mark.sequence THEN max(leases.quiet_ms, mark.quiet_ms) ELSE leases.quiet_ms END,
            state = CASE WHEN mark.fence AND leases.sequence = mark.sequence THEN 'Fenced' ELSE leases.state END,
            ended_at = CASE WHEN mark.fence AND leases.sequence = mark.sequence THEN coalesce(leases.ended_at, strftime('%Y-%m-%d %H:%M:%f', 'now')) ELSE leases.ended_at END,
            commands_unread = leases.commands_unread OR (mark.commands_unread AND leases.mark_read < mark.unread_mark)
        FROM (SELECT m.value ->> 'incarnation' AS incarnation, m.value ->> 'sequence' AS sequence, m.value ->> 'quiet_ms' AS quiet_ms,
                     m.value ->> 'fence' AS fence, m.value ->> 'commands_unread' AS commands_unread, m.value ->> 'unread_mark' AS unread_mark FROM json_each(@rows) AS m) AS mark
        WHERE leases.incarnation = mark.incarnation AND (leases.sequence = mark.sequence OR (mark.commands_unread AND leases.mark_read < mark.unread_mark))
        RETURNING incarnation, quiet_ms, state
        """);

    /// <summary>incarnation of each row fenced.</summary>
    internal static readonly SqlPair FenceEarlier = new(
        """
        WITH earlier AS MATERIALIZED (
            SELECT incarnation FROM leases WHERE worker = @worker AND incarnation < @incarnation AND state = 'Live' ORDER BY incarnation FOR NO KEY UPDATE)
        UPDATE leases AS l SET state = 'Fenced', ended_at = now() FROM earlier WHERE l.incarnation = earlier.incarnation RETURNING l.incarnation
        """,
        "UPDATE leases SET state = 'Fenced', ended_at = strftime('%Y-%m-%d %H:%M:%f', 'now') WHERE worker = @worker AND incarnation < @incarnation AND state = 'Live' RETURNING incarnation");

    /// <summary>incarnation of the row, if it is known: ended by its own word, if it was not before.</summary>
    internal static readonly SqlPair Stop = new(Stopped("now()"), Stopped("strftime('%Y-%m-%d %H:%M:%f', 'now')"));

    /// <summary>
    /// The incarnations somebody may still have to wait for: Live ones, and fenced ones that are neither stopped nor quiet for long
    /// enough. Of these the longest local mode granted is asked too; of a Live one nobody asks yet.
    /// </summary>
    internal static readonly SqlPair Watched = new(Watch, Watch);

    private const string Watch =
        """
        SELECT * FROM (
            SELECT l.incarnation, l.worker, l.process, l.sequence, l.quiet_ms, l.state, l.stopped, l.mark_sent, l.mark_read, l.commands_unread, coalesce(w.pool, '') AS pool,
                   CASE WHEN l.state = 'Live' THEN 0 ELSE coalesce((SELECT max(a.local_mode_for_ms) FROM assignments AS a WHERE a.incarnation = l.incarnation), 0) END AS local_ms
            FROM leases AS l LEFT JOIN workers AS w ON w.worker = l.worker
            WHERE l.state = 'Live' OR NOT l.stopped) AS watched
        WHERE state = 'Live' OR quiet_ms < @ttl + local_ms
        """;

    private static string Stopped(string now) =>
        $"UPDATE leases SET state = 'Fenced', stopped = TRUE, ended_at = coalesce(ended_at, {now}) WHERE incarnation = @incarnation RETURNING incarnation";
}
