namespace Weir.Persistence.Stores;

/// <summary>Deletes what Registry's tables no longer need, a bounded number at a time.</summary>
public sealed class RegisterCleanup(WeirDbContext db)
{
    /// <summary>The most lives of a worker that are kept, however young: the earlier ones tell a superseded process from a new one.</summary>
    public const int LivesKept = 16;

    private static readonly (string Postgres, string Sqlite) DayAgo = ("now() - interval '1 day'", "strftime('%Y-%m-%d %H:%M:%f', 'now', '-1 day')");

    private static readonly SqlPair[] Steps =
    [
        Both(ago => $"DELETE FROM parts WHERE (request, part) IN (SELECT request, part FROM parts WHERE received_at < {ago} LIMIT @most) RETURNING 1"),
        Both(ago => $"DELETE FROM requests WHERE request IN (SELECT request FROM requests WHERE answered_at < {ago} LIMIT @most) RETURNING 1"),
        // Orchestrator's row goes first: what is not in the catalogue must not be anybody's.
        Both(ago =>
            $"""
            DELETE FROM streams WHERE stream IN (
                SELECT s.stream FROM streams AS s
                WHERE s.hold = 'Withdrawn' AND s.withdrawn_at < {ago}
                  AND NOT EXISTS (SELECT 1 FROM assignments AS a WHERE a.stream = s.stream) LIMIT @most)
            RETURNING 1
            """),
        Both(_ => "DELETE FROM reports WHERE stream IN (SELECT r.stream FROM reports AS r WHERE NOT EXISTS (SELECT 1 FROM streams AS s WHERE s.stream = r.stream) LIMIT @most) RETURNING 1"),
        Both(_ =>
            """
            DELETE FROM observations WHERE (incarnation, stream) IN (
                SELECT o.incarnation, o.stream FROM observations AS o
                WHERE NOT EXISTS (SELECT 1 FROM leases AS l WHERE l.incarnation = o.incarnation AND l.state = 'Live') LIMIT @most)
            RETURNING 1
            """),
        // A day counts from the life's own end, however often its worker registered since; the newest itself stays as long as its worker. Nobody may wait for it.
        Both(ago =>
            $"""
            DELETE FROM leases WHERE incarnation IN (
                SELECT l.incarnation FROM leases AS l
                WHERE l.state = 'Fenced' AND NOT EXISTS (SELECT 1 FROM assignments AS a WHERE a.incarnation = l.incarnation)
                  AND NOT EXISTS (SELECT 1 FROM migrations AS m WHERE m.state IN ('Releasing', 'Starting') AND (m.source = l.incarnation OR m.target = l.incarnation))
                  AND (NOT EXISTS (SELECT 1 FROM workers AS w WHERE w.worker = l.worker)
                       OR EXISTS (SELECT 1 FROM workers AS w WHERE w.worker = l.worker AND w.newest > l.incarnation AND l.ended_at < {ago})
                       OR (SELECT count(*) FROM leases AS later WHERE later.worker = l.worker AND later.incarnation > l.incarnation) >= {LivesKept}) LIMIT @most)
            RETURNING 1
            """),
    ];

    /// <summary>How many steps there are; run each in a unit of work of its own.</summary>
    public static int StepCount => Steps.Length;

    /// <summary>Runs one step.</summary>
    /// <param name="step">0 to <see cref="StepCount"/> - 1.</param>
    /// <param name="most">Most rows to delete.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many rows are gone.</returns>
    public async Task<int> RunAsync(int step, int most, CancellationToken cancel) =>
        (await Steps[step].ReadAsync(db, row => row.GetInt32(0), cancel, ("most", most))).Count;

    private static SqlPair Both(Func<string, string> statement) => new(statement(DayAgo.Postgres), statement(DayAgo.Sqlite));
}
