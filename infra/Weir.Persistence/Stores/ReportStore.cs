using System.Text.Json;

namespace Weir.Persistence.Stores;

/// <summary>Writes table <c>reports</c>; Registry's alone.</summary>
public sealed class ReportStore(WeirDbContext db)
{
    private static readonly SqlPair Upsert = new(
        """
        INSERT INTO reports (stream, incarnation, epoch, load, position, reported_at)
        SELECT r.stream, r.incarnation, r.epoch, r.load, r.position, now()
        FROM json_to_recordset(@rows::json) AS r(stream text, incarnation bigint, epoch bigint, load double precision, position text) ORDER BY r.stream
        ON CONFLICT (stream) DO UPDATE SET incarnation = excluded.incarnation, epoch = excluded.epoch, load = excluded.load, position = excluded.position, reported_at = excluded.reported_at
        WHERE reports.epoch <= excluded.epoch RETURNING stream
        """,
        """
        INSERT INTO reports (stream, incarnation, epoch, load, position, reported_at)
        SELECT value ->> 'stream', value ->> 'incarnation', value ->> 'epoch', value ->> 'load', value ->> 'position', strftime('%Y-%m-%d %H:%M:%f', 'now') FROM json_each(@rows) WHERE true
        ON CONFLICT (stream) DO UPDATE SET incarnation = excluded.incarnation, epoch = excluded.epoch, load = excluded.load, position = excluded.position, reported_at = excluded.reported_at
        WHERE reports.epoch <= excluded.epoch RETURNING stream
        """);

    /// <summary>Keeps the latest word on each stream; the word of an earlier epoch never replaces a later one's.</summary>
    /// <param name="words">In the order in which they were said. Of one stream's, the highest epoch's last counts.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many were kept.</returns>
    public async Task<int> WriteAsync(IEnumerable<StreamWord> words, CancellationToken cancel)
    {
        var rows = words.GroupBy(word => word.Stream).Select(same => same.Aggregate((kept, word) => word.Epoch >= kept.Epoch ? word : kept))
            .Select(word => new { stream = word.Stream.Value, incarnation = word.Incarnation.Value, epoch = word.Epoch.Value, load = word.Load, position = word.Position });
        return (await Upsert.ReadAsync(db, row => row.GetString(0), cancel, ("rows", JsonSerializer.Serialize(rows)))).Count;
    }
}
