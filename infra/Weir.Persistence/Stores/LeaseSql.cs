namespace Weir.Persistence.Stores;

/// <summary>
/// The statements of leases. On PostgreSQL each locks its rows in order first and then checks its condition again, for a row may
/// have changed while it waited. SQLite has one writer, so there the condition alone does.
/// </summary>
internal static class LeaseSql
{
    /// <summary>incarnation, sequence, mark_sent of each row renewed.</summary>
    internal static readonly SqlPair Renew = new(
        """
        WITH beat AS MATERIALIZED (
            SELECT l.incarnation, b.sequence, b.digest, b.mark_read, b.stuck
            FROM json_to_recordset(@rows::json) AS b(worker text, incarnation bigint, sequence bigint, digest bigint, mark_read bigint, stuck integer)
            JOIN leases AS l ON l.incarnation = b.incarnation AND l.worker = b.worker
            WHERE l.state = 'Live' AND NOT l.commands_unread AND l.sequence < b.sequence
            ORDER BY l.incarnation FOR NO KEY UPDATE OF l)
        UPDATE leases AS l
        SET sequence = beat.sequence, quiet_ms = 0, digest = beat.digest, stuck = beat.stuck, mark_read = greatest(l.mark_read, beat.mark_read),
            mark_sent = CASE WHEN beat.sequence - l.mark_sent >= @every THEN beat.sequence ELSE l.mark_sent END
        FROM beat
        WHERE l.incarnation = beat.incarnation AND l.state = 'Live' AND NOT l.commands_unread AND l.sequence < beat.sequence
        RETURNING l.incarnation, l.sequence, l.mark_sent
        """,
        """
        UPDATE leases
        SET sequence = beat.sequence, quiet_ms = 0, digest = beat.digest, stuck = beat.stuck, mark_read = max(leases.mark_read, beat.mark_read),
            mark_sent = CASE WHEN beat.sequence - leases.mark_sent >= @every THEN beat.sequence ELSE leases.mark_sent END
        FROM (SELECT value ->> 'worker' AS worker, value ->> 'incarnation' AS incarnation, value ->> 'sequence' AS sequence,
                     value ->> 'digest' AS digest, value ->> 'mark_read' AS mark_read, value ->> 'stuck' AS stuck FROM json_each(@rows)) AS beat
        WHERE leases.incarnation = beat.incarnation AND leases.worker = beat.worker
          AND leases.state = 'Live' AND NOT leases.commands_unread AND leases.sequence < beat.sequence
        RETURNING incarnation, sequence, mark_sent
        """);

    /// <summary>incarnation, quiet_ms, state of each row written; PostgreSQL adds the state before, SQLite cannot.</summary>
    internal static readonly SqlPair Mark = new(
        """
        WITH mark AS MATERIALIZED (
            SELECT l.incarnation, l.state AS before, m.sequence, m.quiet_ms, m.fence, m.commands_unread
            FROM json_to_recordset(@rows::json) AS m(incarnation bigint, sequence bigint, quiet_ms bigint, fence boolean, commands_unread boolean)
            JOIN leases AS l ON l.incarnation = m.incarnation
            WHERE l.sequence = m.sequence
            ORDER BY l.incarnation FOR NO KEY UPDATE OF l)
        UPDATE leases AS l
        SET quiet_ms = greatest(l.quiet_ms, mark.quiet_ms), state = CASE WHEN mark.fence THEN 'Fenced' ELSE l.state END,
            commands_unread = l.commands_unread OR mark.commands_unread
        FROM mark
        WHERE l.incarnation = mark.incarnation AND l.sequence = mark.sequence
        RETURNING l.incarnation, l.quiet_ms, l.state, mark.before
        """,
        """
        UPDATE leases
        SET quiet_ms = max(leases.quiet_ms, mark.quiet_ms), state = CASE WHEN mark.fence THEN 'Fenced' ELSE leases.state END,
            commands_unread = leases.commands_unread OR mark.commands_unread
        FROM (SELECT m.value ->> 'incarnation' AS incarnation, m.value ->> 'sequence' AS sequence, m.value ->> 'quiet_ms' AS quiet_ms,
                     m.value ->> 'fence' AS fence, m.value ->> 'commands_unread' AS commands_unread FROM json_each(@rows) AS m) AS mark
        WHERE leases.incarnation = mark.incarnation AND leases.sequence = mark.sequence
        RETURNING incarnation, quiet_ms, state
        """);

    /// <summary>incarnation of each row fenced.</summary>
    internal static readonly SqlPair FenceEarlier = new(
        """
        WITH earlier AS MATERIALIZED (
            SELECT incarnation FROM leases WHERE worker = @worker AND incarnation < @incarnation AND state = 'Live' ORDER BY incarnation FOR NO KEY UPDATE)
        UPDATE leases AS l SET state = 'Fenced' FROM earlier WHERE l.incarnation = earlier.incarnation RETURNING l.incarnation
        """,
        "UPDATE leases SET state = 'Fenced' WHERE worker = @worker AND incarnation < @incarnation AND state = 'Live' RETURNING incarnation");
}
