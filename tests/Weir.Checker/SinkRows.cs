using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Weir.Checker;

/// <summary>What a sink took although a newer owner had claimed the stream: rows whose epoch is below that of an earlier row.</summary>
internal static class SinkRows
{
    private const string Query = "select stream, epoch, worker, sequence from weir_ticks order by number";

    internal static async Task<SinkFinding> ReadAsync(string sink, CancellationToken cancel)
    {
        DbConnection connection = sink.Contains("Host=", StringComparison.OrdinalIgnoreCase)
            ? new NpgsqlConnection(sink)
            : new SqliteConnection(sink.Contains('=', StringComparison.Ordinal) ? sink : $"Data Source={sink};Mode=ReadOnly");
        await using (connection)
        {
            await connection.OpenAsync(cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = Query;
            command.CommandTimeout = 300;
            await using var rows = await command.ExecuteReaderAsync(cancel);
            var (highest, stale, count) = (new Dictionary<string, long>(StringComparer.Ordinal), new List<StaleRow>(), 0L);
            while (await rows.ReadAsync(cancel))
            {
                var (stream, epoch) = (rows.GetString(0), rows.GetInt64(1));
                var before = highest.GetValueOrDefault(stream);
                if (epoch < before)
                    stale.Add(new StaleRow(stream, epoch, before, rows.GetString(2), rows.GetInt64(3)));
                highest[stream] = Math.Max(before, epoch);
                count++;
            }
            return new SinkFinding(count, stale);
        }
    }
}
