using Npgsql;

namespace Weir.Figures.Fleet;

/// <summary>What the tables say, read past the services.</summary>
internal sealed class FleetTable(string connectionString)
{
    /// <summary>For statements of one's own.</summary>
    public string ConnectionString => connectionString;

    private const string Counts = """
        SELECT count(*) FILTER (WHERE a.state = 'Owned' AND l.state = 'Live'), count(*), (SELECT count(*) FROM migrations WHERE state IN ('Releasing', 'Starting'))
        FROM assignments AS a LEFT JOIN leases AS l ON l.incarnation = a.incarnation
        """;

    /// <summary>Streams that run at a live owner, all streams, and migrations under way.</summary>
    public async Task<(int Running, int All, int Moving)> CountAsync(CancellationToken cancel) =>
        (await ReadAsync(Counts, row => ((int)row.GetInt64(0), (int)row.GetInt64(1), (int)row.GetInt64(2)), cancel))[0];

    /// <summary>Which worker has which stream, under which epoch.</summary>
    public async Task<IReadOnlyDictionary<string, (string Worker, long Epoch)>> OwnersAsync(CancellationToken cancel) =>
        (await ReadAsync(
            "SELECT stream, coalesce(worker, ''), epoch FROM assignments",
            row => (Stream: row.GetString(0), Worker: row.GetString(1), Epoch: row.GetInt64(2)),
            cancel)).ToDictionary(row => row.Stream, row => (row.Worker, row.Epoch), StringComparer.Ordinal);

    /// <summary>One number.</summary>
    public async Task<long> NumberAsync(string sql, CancellationToken cancel) => (await ReadAsync(sql, row => Convert.ToInt64(row.GetValue(0), null), cancel))[0];

    /// <summary>Whatever a statement returns.</summary>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        // Without a pool: the rows break the server, and a connection from before is dead.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await row.ReadAsync(cancel)) rows.Add(read(row));
        return rows;
    }
}
