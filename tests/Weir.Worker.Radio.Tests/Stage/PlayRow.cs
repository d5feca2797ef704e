using System.Data.Common;

namespace Weir.Worker.Radio.Tests.Stage;

/// <summary>A row of <c>plays</c>.</summary>
internal sealed record PlayRow(string Station, long Began, string Title, long Seen, long? Ended, long Gap, long Epoch, string Worker)
{
    internal static async Task<IReadOnlyList<PlayRow>> AllAsync(DbConnection connection, CancellationToken cancel)
    {
        await using (connection)
        {
            await connection.OpenAsync(cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "select station, began_ms, title, seen_ms, ended_ms, longest_gap_ms, epoch, worker from plays order by station, began_ms";
            await using var row = await command.ExecuteReaderAsync(cancel);
            var rows = new List<PlayRow>();
            while (await row.ReadAsync(cancel))
                rows.Add(new PlayRow(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), await row.IsDBNullAsync(4, cancel) ? null : row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetString(7)));
            return rows;
        }
    }
}
