using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>Writes and reads table <c>owners</c>; Diagnostics' alone. Facts may come twice and in any order: each adds what it knows and takes nothing away.</summary>
public sealed class OwnerStore(WeirDbContext db)
{
    private const string Columns = "stream, epoch, pool, version, worker, incarnation, from_worker, assigned_at, running_at, ended_at, end_reason, told_at";

    private const string Merged =
        """
        ON CONFLICT (stream, epoch) DO UPDATE SET
            version = CASE WHEN o.version > 0 THEN o.version ELSE excluded.version END,
            incarnation = CASE WHEN o.incarnation > 0 THEN o.incarnation ELSE excluded.incarnation END,
            from_worker = coalesce(o.from_worker, excluded.from_worker),
            assigned_at = coalesce(o.assigned_at, excluded.assigned_at),
            running_at = coalesce(o.running_at, excluded.running_at),
            ended_at = coalesce(o.ended_at, excluded.ended_at),
            end_reason = coalesce(o.end_reason, excluded.end_reason),
            told_at = excluded.told_at
        RETURNING o.stream
        """;

    private static readonly SqlPair Tell = new(
        $"""
        INSERT INTO owners AS o ({Columns})
        SELECT t.stream, t.epoch, @pool, CASE WHEN t.assigned THEN @version ELSE 0 END, t.worker, t.incarnation, t.from_worker,
               CASE WHEN t.assigned THEN heard.instant END, CASE WHEN t.running THEN heard.instant END, CASE WHEN t.end_reason IS NOT NULL THEN heard.instant END, t.end_reason, heard.instant
        FROM json_to_recordset(@rows::json) AS t(stream text, epoch bigint, worker text, incarnation bigint, from_worker text, assigned boolean, running boolean, end_reason text),
             (SELECT @at::timestamp AT TIME ZONE 'UTC' AS instant) AS heard
        ORDER BY t.stream COLLATE "C", t.epoch
        {Merged}
        """,
        $"""
        INSERT INTO owners AS o ({Columns})
        SELECT value ->> 'stream', value ->> 'epoch', @pool, CASE WHEN value ->> 'assigned' THEN @version ELSE 0 END, value ->> 'worker', value ->> 'incarnation', value ->> 'from_worker',
               CASE WHEN value ->> 'assigned' THEN @at END, CASE WHEN value ->> 'running' THEN @at END, CASE WHEN value ->> 'end_reason' IS NOT NULL THEN @at END, value ->> 'end_reason', @at
        FROM json_each(@rows) WHERE true
        {Merged.Replace("RETURNING o.stream", "RETURNING stream", StringComparison.Ordinal)}
        """);

    private static readonly SqlPair Forget = Both(
        """
        DELETE FROM owners WHERE (stream, epoch) IN (
            SELECT o.stream, o.epoch FROM owners AS o
            WHERE o.told_at < {0} AND NOT EXISTS (SELECT 1 FROM assignments AS a WHERE a.stream = o.stream AND a.epoch = o.epoch) LIMIT @most)
        RETURNING 1
        """);

    /// <summary>Adds what a fact says, one row a grant; no grant twice.</summary>
    /// <param name="pool">The fact's pool.</param>
    /// <param name="version">The pool's version as the fact has it.</param>
    /// <param name="at">When it was told, UTC.</param>
    /// <param name="told">What it says; 1 to 200.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task TellAsync(string pool, long version, DateTime at, IReadOnlyCollection<OwnerTold> told, CancellationToken cancel) =>
        await Tell.ReadAsync(
            db, row => row.GetString(0), cancel, ("pool", pool), ("version", version), ("at", Instant(at)), ("rows", JsonSerializer.Serialize(told.Select(one => new
            {
                stream = one.Stream,
                epoch = one.Epoch,
                worker = one.Worker,
                incarnation = one.Incarnation,
                from_worker = one.FromWorker,
                assigned = one.Assigned,
                running = one.Running,
                end_reason = one.EndReason,
            }))));

    /// <summary>The latest grants of a stream, the latest first.</summary>
    public async Task<IReadOnlyList<StoredOwner>> OfAsync(StreamId stream, int most, CancellationToken cancel) =>
        await db.Owners.AsNoTracking().Where(row => row.Stream == stream).OrderByDescending(row => row.Epoch).Take(most).ToListAsync(cancel);

    /// <summary>Deletes what was last told of before an instant, except what still holds.</summary>
    /// <returns>How many rows are gone; at most as many as asked for.</returns>
    public async Task<int> ForgetAsync(DateTime before, int most, CancellationToken cancel) =>
        (await Forget.ReadAsync(db, row => row.GetInt32(0), cancel, ("before", Instant(before)), ("most", most))).Count;

    private static SqlPair Both(string statement) => new(
        statement.Replace("{0}", "@before::timestamp AT TIME ZONE 'UTC'", StringComparison.Ordinal),
        statement.Replace("{0}", "@before", StringComparison.Ordinal));

    private static string Instant(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
