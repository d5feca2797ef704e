namespace Weir.Persistence.Stores;

/// <summary>The statements of assignments. What holds for those of leases holds here.</summary>
internal static class AssignmentSql
{
    private const string Typed =
        "json_to_recordset(@rows::json) AS w(stream text, seen_epoch bigint, seen_state text, epoch bigint, worker text, incarnation bigint, state text, reason text, "
        + "hold text, class text, local_mode_for_ms bigint, migrating boolean, deadline timestamp, asked integer, failures integer, failing_since timestamp)";

    private const string Untyped =
        "(SELECT value ->> 'stream' AS stream, value ->> 'seen_epoch' AS seen_epoch, value ->> 'seen_state' AS seen_state, value ->> 'epoch' AS epoch, "
        + "value ->> 'worker' AS worker, value ->> 'incarnation' AS incarnation, value ->> 'state' AS state, value ->> 'reason' AS reason, value ->> 'hold' AS hold, "
        + "value ->> 'class' AS class, value ->> 'local_mode_for_ms' AS local_mode_for_ms, value ->> 'migrating' AS migrating, value ->> 'deadline' AS deadline, "
        + "value ->> 'asked' AS asked, value ->> 'failures' AS failures, value ->> 'failing_since' AS failing_since FROM json_each(@rows)) AS w";

    private const string Columns =
        "stream, pool, epoch, worker, incarnation, state, reason, hold, class, local_mode_for_ms, migrating, deadline, asked, failures, failing_since";

    // Withdrawn there and declared here: the row comes over, with its epoch, once nobody has it.
    private const string OfAnotherPool =
        """
        ON CONFLICT (stream) DO UPDATE SET pool = excluded.pool, reason = excluded.reason, hold = excluded.hold, class = excluded.class,
            local_mode_for_ms = excluded.local_mode_for_ms, failures = 0
        WHERE assignments.pool <> excluded.pool AND assignments.state = 'Unowned' AND NOT assignments.migrating
        RETURNING stream
        """;

    /// <summary>stream of each row added, or taken over from another pool.</summary>
    internal static readonly SqlPair Add = new(
        $"""
        INSERT INTO assignments ({Columns})
        SELECT w.stream, @pool, w.epoch, w.worker, w.incarnation, w.state, w.reason, w.hold, w.class, w.local_mode_for_ms, w.migrating,
               w.deadline AT TIME ZONE 'UTC', w.asked, w.failures, w.failing_since AT TIME ZONE 'UTC'
        FROM {Typed} ORDER BY w.stream COLLATE "C"
        {OfAnotherPool}
        """,
        $"""
        INSERT INTO assignments ({Columns})
        SELECT w.stream, @pool, w.epoch, w.worker, w.incarnation, w.state, w.reason, w.hold, w.class, w.local_mode_for_ms, w.migrating,
               w.deadline, w.asked, w.failures, w.failing_since
        FROM {Untyped} WHERE true
        {OfAnotherPool}
        """);

    /// <summary>stream of each row that is gone.</summary>
    internal static readonly SqlPair Forget = new(
        """
        WITH done AS MATERIALIZED (
            SELECT a.stream FROM assignments AS a JOIN json_array_elements_text(@rows::json) AS i(stream) ON i.stream = a.stream
            WHERE a.pool = @pool AND a.state = 'Unowned' AND NOT a.migrating
              AND NOT EXISTS (
                  SELECT 1 FROM streams AS s WHERE s.stream = a.stream
                    AND (s.hold <> 'Withdrawn' OR s.withdrawn_at IS NULL OR s.withdrawn_at >= now() - @ms * interval '1 millisecond'))
            ORDER BY a.stream FOR UPDATE OF a)
        DELETE FROM assignments AS a USING done WHERE a.stream = done.stream RETURNING a.stream
        """,
        """
        DELETE FROM assignments
        WHERE stream IN (SELECT value FROM json_each(@rows)) AND pool = @pool AND state = 'Unowned' AND NOT migrating
          AND NOT EXISTS (
              SELECT 1 FROM streams AS s WHERE s.stream = assignments.stream
                AND (s.hold <> 'Withdrawn' OR s.withdrawn_at IS NULL OR s.withdrawn_at >= strftime('%Y-%m-%d %H:%M:%f', 'now', (-@ms / 1000.0) || ' seconds')))
        RETURNING stream
        """);

    /// <summary>stream of each row written.</summary>
    internal static readonly SqlPair Write = new(
        $"""
        UPDATE assignments AS a
        SET epoch = w.epoch, worker = w.worker, incarnation = w.incarnation, state = w.state, reason = w.reason, hold = w.hold, class = w.class,
            local_mode_for_ms = w.local_mode_for_ms, migrating = w.migrating, deadline = w.deadline AT TIME ZONE 'UTC', asked = w.asked,
            failures = w.failures, failing_since = w.failing_since AT TIME ZONE 'UTC'
        FROM {Typed}
        WHERE a.stream = w.stream AND a.epoch = w.seen_epoch AND a.state = w.seen_state
        RETURNING a.stream
        """,
        $"""
        UPDATE assignments
        SET epoch = w.epoch, worker = w.worker, incarnation = w.incarnation, state = w.state, reason = w.reason, hold = w.hold, class = w.class,
            local_mode_for_ms = w.local_mode_for_ms, migrating = w.migrating, deadline = w.deadline, asked = w.asked,
            failures = w.failures, failing_since = w.failing_since
        FROM {Untyped}
        WHERE assignments.stream = w.stream AND assignments.epoch = w.seen_epoch AND assignments.state = w.seen_state
        RETURNING stream
        """);
}
