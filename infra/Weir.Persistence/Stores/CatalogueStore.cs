using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weir.Core.Assignments;
using Weir.Core.Identity;


namespace Weir.Persistence.Stores;

/// <summary>Writes table <c>streams</c>; Registry's alone. One statement a slice, its rows in the order of their ids, so that two requests that overlap wait for one another.</summary>
public sealed class CatalogueStore(WeirDbContext db)
{
    private const int SliceMax = 2000;
    private const string SqliteNow = "strftime('%Y-%m-%d %H:%M:%f', 'now')";

    private static readonly SqlPair Declare = new(
        """
        INSERT INTO streams AS s (stream, pool, kind, weight, class, local_mode_for_ms, hold, labels, payload, pinned_to, declared_at)
        SELECT d.stream, @pool, d.kind, d.weight, d.class, d.local_ms, 'None', d.labels, d.payload, d.pinned_to, now()
        FROM json_to_recordset(@rows::json) AS d(stream text, kind text, weight double precision, class text, local_ms bigint, labels jsonb, payload jsonb, pinned_to text)
        ORDER BY d.stream COLLATE "C"
        ON CONFLICT (stream) DO UPDATE SET pool = excluded.pool, kind = excluded.kind, weight = excluded.weight, class = excluded.class,
            local_mode_for_ms = excluded.local_mode_for_ms, labels = excluded.labels, payload = excluded.payload, pinned_to = excluded.pinned_to, declared_at = excluded.declared_at,
            hold = CASE WHEN s.hold = 'Withdrawn' THEN 'None' ELSE s.hold END, withdrawn_at = NULL
        WHERE ROW(s.pool, s.kind, s.weight, s.class, s.local_mode_for_ms, s.labels, s.payload, s.pinned_to, s.hold = 'Withdrawn')
            IS DISTINCT FROM ROW(excluded.pool, excluded.kind, excluded.weight, excluded.class, excluded.local_mode_for_ms, excluded.labels, excluded.payload, excluded.pinned_to, false)
        RETURNING s.stream
        """,
        $"""
        INSERT INTO streams AS s (stream, pool, kind, weight, class, local_mode_for_ms, hold, labels, payload, pinned_to, declared_at)
        SELECT value ->> 'stream', @pool, value ->> 'kind', value ->> 'weight', value ->> 'class', value ->> 'local_ms', 'None', value -> 'labels', nullif(value -> 'payload', 'null'), value ->> 'pinned_to', {SqliteNow}
        FROM json_each(@rows) WHERE true
        ON CONFLICT (stream) DO UPDATE SET pool = excluded.pool, kind = excluded.kind, weight = excluded.weight, class = excluded.class,
            local_mode_for_ms = excluded.local_mode_for_ms, labels = excluded.labels, payload = excluded.payload, pinned_to = excluded.pinned_to, declared_at = excluded.declared_at,
            hold = CASE WHEN s.hold = 'Withdrawn' THEN 'None' ELSE s.hold END, withdrawn_at = NULL
        WHERE s.pool <> excluded.pool OR s.kind <> excluded.kind OR s.weight <> excluded.weight OR s.class <> excluded.class OR s.local_mode_for_ms <> excluded.local_mode_for_ms
            OR s.labels <> excluded.labels OR s.payload IS NOT excluded.payload OR s.pinned_to IS NOT excluded.pinned_to OR s.hold = 'Withdrawn'
        RETURNING stream
        """);

    private static readonly SqlPair Hold = new(
        HoldAmong("SELECT r.stream FROM streams AS r JOIN json_array_elements_text(@rows::json) AS i(stream) ON i.stream = r.stream WHERE r.pool = @pool ORDER BY r.stream FOR NO KEY UPDATE OF r", "now()"),
        HoldAmong("SELECT value FROM json_each(@rows)", SqliteNow));

    /// <summary>Those of these streams that another pool has, and is not done with.</summary>
    public async Task<IReadOnlyList<string>> ElsewhereAsync(string pool, IReadOnlyList<string> streams, CancellationToken cancel)
    {
        var found = new List<string>();
        foreach (var slice in Ids(streams).Chunk(SliceMax))
            found.AddRange((await db.Streams.Where(row => slice.Contains(row.Stream) && row.Pool != pool && row.Hold != StreamHold.Withdrawn).Select(row => row.Stream).ToListAsync(cancel)).Select(id => id.Value));
        return found;
    }

    /// <summary>Adds streams and changes those that are known. A pause outlives it; a withdrawal ends.</summary>
    /// <returns>How many are new, and how many were changed; the others were so already.</returns>
    public async Task<(int Added, int Changed)> DeclareAsync(string pool, IReadOnlyList<CatalogueEntry> entries, CancellationToken cancel)
    {
        var (added, changed) = (0, 0);
        foreach (var slice in entries.OrderBy(entry => entry.Stream, StringComparer.Ordinal).Chunk(SliceMax))
        {
            var ids = Ids(slice.Select(entry => entry.Stream)).ToList();
            var known = await db.Streams.CountAsync(row => ids.Contains(row.Stream), cancel);
            var written = await Declare.ReadAsync(db, row => row.GetString(0), cancel, ("pool", pool), ("rows", JsonSerializer.Serialize(slice)));
            added += slice.Length - known;
            changed += written.Count - (slice.Length - known);
        }

        return (added, changed);
    }

    /// <summary>Puts a hold on streams of a pool: pauses or withdraws them. What is withdrawn stays so.</summary>
    /// <returns>How many were not so already.</returns>
    public Task<int> HoldAsync(string pool, IReadOnlyList<string> streams, StreamHold hold, CancellationToken cancel) =>
        WriteAsync(pool, streams, hold, hold == StreamHold.Paused ? "None" : "None Paused Quarantined", cancel);

    /// <summary>Ends a pause. What is withdrawn stays so; a quarantine is not the catalogue's.</summary>
    /// <returns>How many were paused.</returns>
    public Task<int> LiftAsync(string pool, IReadOnlyList<string> streams, CancellationToken cancel) => WriteAsync(pool, streams, StreamHold.None, "Paused Quarantined", cancel);

    private async Task<int> WriteAsync(string pool, IReadOnlyList<string> streams, StreamHold hold, string from, CancellationToken cancel)
    {
        var written = 0;
        foreach (var slice in streams.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(SliceMax))
            written += (await Hold.ReadAsync(
                db, row => row.GetString(0), cancel, ("pool", pool), ("hold", hold.ToString()), ("from", from), ("rows", JsonSerializer.Serialize(slice)))).Count;
        return written;
    }

    private static IEnumerable<StreamId> Ids(IEnumerable<string> streams) => streams.Select(StreamId.Parse);

    private static string HoldAmong(string ids, string now) =>
        $"""
        WITH named AS MATERIALIZED ({ids})
        UPDATE streams SET hold = @hold, withdrawn_at = CASE WHEN @hold = 'Withdrawn' THEN {now} ELSE NULL END
        WHERE pool = @pool AND stream IN (SELECT * FROM named) AND ' ' || @from || ' ' LIKE '% ' || hold || ' %'
        RETURNING stream
        """;
}
