using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Weir.Worker.Ticker.Sinks;

/// <summary>The same two tables in a file. A batch is one transaction, and a writer has the file to itself for its length.</summary>
internal sealed class SqliteTickSink(string connectionString) : ITickSink
{
    private const string Schema = """
        pragma journal_mode = wal;
        create table if not exists weir_fence (stream text primary key, epoch integer not null, checkpoint text);
        create table if not exists weir_ticks (
            number integer primary key autoincrement, stream text not null, epoch integer not null, worker text not null,
            incarnation integer not null, sequence integer not null, at integer not null);
        """;

    private const string Insert =
        "insert into weir_ticks (stream, epoch, worker, incarnation, sequence, at) values (@stream, @epoch, @worker, @incarnation, @sequence, @at)";

    private readonly Lock _lock = new();
    private bool _ready;

    public async Task<long> ClaimAsync(Tick claim, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await using var transaction = connection.BeginTransaction();
        await using var fence = Command(
            connection,
            transaction,
            """
            insert into weir_fence as fence (stream, epoch) values (@stream, @epoch)
            on conflict (stream) do update set epoch = @epoch where fence.epoch <= @epoch
            returning coalesce(checkpoint, '0')
            """,
            claim);
        if (await fence.ExecuteScalarAsync(cancel) is not string checkpoint)
            throw new LeaseLostException(claim.Stream, claim.Epoch, "weir_fence has seen a higher epoch");
        await using var note = Command(connection, transaction, Insert, claim);
        await note.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return long.Parse(checkpoint, CultureInfo.InvariantCulture);
    }

    public async Task<IReadOnlySet<(string Stream, long Epoch)>> WriteAsync(IReadOnlyList<Tick> ticks, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await using var transaction = connection.BeginTransaction();
        var refused = new HashSet<(string, long)>();
        foreach (var tick in ticks)
        {
            await using var look = Command(
                connection, transaction, "update weir_fence set checkpoint = @sequence where stream = @stream and epoch = @epoch", tick);
            if (await look.ExecuteNonQueryAsync(cancel) != 1)
            {
                refused.Add((tick.Stream, tick.Epoch));
                continue;
            }
            await using var insert = Command(connection, transaction, Insert, tick);
            await insert.ExecuteNonQueryAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return refused;
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancel);
        lock (_lock)
        {
            if (!_ready)
            {
                using var create = connection.CreateCommand();
                create.CommandText = Schema;
                create.ExecuteNonQuery();
                _ready = true;
            }
        }
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction transaction, string sql, Tick tick)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction, command.CommandTimeout) = (sql, transaction, 10);
        command.Parameters.AddWithValue("@stream", tick.Stream);
        command.Parameters.AddWithValue("@epoch", tick.Epoch);
        command.Parameters.AddWithValue("@worker", tick.Worker);
        command.Parameters.AddWithValue("@incarnation", tick.Incarnation);
        command.Parameters.AddWithValue("@sequence", tick.Sequence);
        command.Parameters.AddWithValue("@at", tick.At);
        return command;
    }
}
