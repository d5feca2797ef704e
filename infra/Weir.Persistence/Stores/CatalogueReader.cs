using System.Data.Common;
using System.Globalization;
using System.Text;
using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>Reads streams for people: filters, orders and pages, all of it in one statement.</summary>
public sealed class CatalogueReader(WeirDbContext db)
{
    /// <summary>One stream; null when it is not in the catalogue, or withdrawn.</summary>
    public async Task<StreamReading?> FindAsync(StreamId stream, CancellationToken cancel) =>
        (await StreamSql.Of($"{StreamSql.Columns} {StreamSql.FromWithHistory} WHERE s.hold <> 'Withdrawn' AND s.stream = @id").ReadAsync(db, Read, cancel, ("id", stream.Value))).FirstOrDefault();

    /// <summary>A page of streams, each with what it was sorted by. A page is stable under changes: it goes on after the last row's key, whatever came or went.</summary>
    public async Task<IReadOnlyList<(StreamReading Row, object Key)>> ListAsync(StreamQuery query, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        var parameters = new List<(string Name, object Value)>();
        var sorted = StreamSql.SortedBy(query.Sort);
        var direction = query.IsDescending ? "DESC" : "ASC";
        var where = Where(query, sorted, parameters);
        var order = query.Sort == "id" ? $"s.stream {direction}" : $"{sorted} {direction}, s.stream {direction}";
        parameters.Add(("limit", query.Limit));
        var pair = StreamSql.Of($"{StreamSql.Columns}, {sorted} AS sorted_by {StreamSql.FromWithHistory} WHERE {where} ORDER BY {order} LIMIT @limit");
        return await pair.ReadAsync(db, row => (Read(row), row.GetValue(row.FieldCount - 1)), cancel, [.. parameters]);
    }

    private static string Where(StreamQuery query, string sorted, List<(string Name, object Value)> parameters)
    {
        var where = new StringBuilder("s.hold <> 'Withdrawn'");
        if (query.OnlyStates.Count > 0)
        {
            var names = query.OnlyStates.Select((state, at) => Parameter($"state{at}", state)).ToList();
            where.Append(CultureInfo.InvariantCulture, $" AND ({StreamSql.State}) IN ({string.Join(", ", names)})");
        }

        if (query.Worker is { } worker) where.Append(CultureInfo.InvariantCulture, $" AND {StreamSql.IsOwned} AND a.worker = {Parameter("worker", worker)}");
        if (query.Kind is { } kind) where.Append(CultureInfo.InvariantCulture, $" AND s.kind = {Parameter("kind", kind)}");
        if (query.Pool is { } pool) where.Append(CultureInfo.InvariantCulture, $" AND s.pool = {Parameter("pool", pool)}");
        for (var at = 0; at < query.Labels.Count; at++)
            where.Append(CultureInfo.InvariantCulture, $" AND s.labels ->> {Parameter($"label{at}", query.Labels[at].Key)} = {Parameter($"is{at}", query.Labels[at].Value)}");
        if (query.Text is { } text)
        {
            var sought = Parameter("text", text);
            where.Append(CultureInfo.InvariantCulture, $" AND ({{holds}}(lower(s.stream), lower({sought})) > 0 OR {{holds}}(lower(s.kind), lower({sought})) > 0 OR ({StreamSql.IsOwned} AND {{holds}}(lower(a.worker), lower({sought})) > 0))");
        }

        if (query.After is { } after)
        {
            var beyond = query.IsDescending ? "<" : ">";
            var id = Parameter("afterid", after.Id);
            var key = query.Sort == "id" ? "" : Parameter("after", after.Key);
            where.Append(query.Sort == "id" ? $" AND s.stream {beyond} {id}" : $" AND ({sorted} {beyond} {key} OR ({sorted} = {key} AND s.stream {beyond} {id}))");
        }

        return where.ToString();

        string Parameter(string name, object value)
        {
            parameters.Add((name, value));
            return $"@{name}";
        }
    }

    private static StreamReading Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        Text(row, 4),
        row.GetInt64(5),
        row.GetInt64(6),
        row.GetString(7),
        Text(row, 8),
        Instants.OrNull(row, 9),
        row.GetDouble(10),
        row.IsDBNull(11) ? null : row.GetDouble(11),
        row.GetString(12),
        row.GetBoolean(13),
        Text(row, 14),
        row.GetString(15),
        row.GetInt64(16),
        Text(row, 17),
        Instants.Of(row, 18),
        Text(row, 19),
        Instants.OrNull(row, 20),
        row.GetInt32(21));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
