using System.Data.Common;
using System.Text.RegularExpressions;

namespace Weir.Worker.Sinks;

/// <summary>
/// A sink in a database, PostgreSQL or SQLite: one row a stream holds the highest epoch that claimed it and the checkpoint, and a
/// write happens in one transaction with the look at that row. Any thread may use it.
/// </summary>
public sealed partial class FencedTable : IFencedSink<string?>
{
    private static readonly int CommandSeconds = 10;

    private readonly Func<DbConnection> _connect;
    private readonly string _table;

    /// <param name="connect">Gives a new, closed connection; each claim and each write opens one and disposes it.</param>
    /// <param name="table">The fence's table, a plain name or <c>schema.name</c>; see <see cref="CreateAsync"/> for its columns.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public FencedTable(Func<DbConnection> connect, string table = "weir_fence")
    {
        ArgumentNullException.ThrowIfNull(connect);
        if (!TableName().IsMatch(table))
            throw new ArgumentException($"'{table}' is no plain table name", nameof(table));
        (_connect, _table) = (connect, table);
    }

    /// <summary>Creates the fence's table where it is not there: stream (the key), epoch, checkpoint.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task CreateAsync(CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await using var command = Command(
            connection, transaction: null, $"create table if not exists {_table} (stream text primary key, epoch bigint not null, checkpoint text)");
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Writes the epoch and gives the checkpoint of the owner before; null when there is none.</summary>
    /// <inheritdoc/>
    public async Task<string?> ClaimAsync(string streamId, long epoch, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        // A transaction of its own: SQLite's driver waits for another writer when it begins and when it commits, and never when a
        // statement's reader is closed.
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var checkpoint = await ClaimAsync(connection, transaction, streamId, epoch, cancel);
        await transaction.CommitAsync(cancel);
        return checkpoint;
    }

    private async Task<string?> ClaimAsync(DbConnection connection, DbTransaction transaction, string streamId, long epoch, CancellationToken cancel)
    {
        await using var command = Command(
            connection,
            transaction,
            $"""
            insert into {_table} as fence (stream, epoch) values (@stream, @epoch)
            on conflict (stream) do update set epoch = @epoch where fence.epoch <= @epoch
            returning checkpoint
            """,
            ("@stream", streamId),
            ("@epoch", epoch));
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            throw new LeaseLostException(streamId, epoch, $"table {_table} has seen a higher epoch");
        return await row.IsDBNullAsync(0, cancel) ? null : row.GetString(0);
    }

    /// <summary>
    /// Writes under the lease's epoch: your write and the checkpoint together, or neither. When the epoch was raised meanwhile it is
    /// done again under the new one, so <paramref name="write"/> may be called twice, each time in a transaction of its own.
    /// </summary>
    /// <param name="lease">The right to write.</param>
    /// <param name="write">Writes what it will, through the transaction's connection; null when the checkpoint is all there is.</param>
    /// <param name="checkpoint">How far the stream has come, for whoever claims it next; null leaves what stands.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="LeaseLostException">A higher epoch has claimed the stream, or the lease has ended. Nothing was written.</exception>
    public async Task WriteAsync(StreamLease lease, Func<DbTransaction, CancellationToken, Task>? write, string? checkpoint, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var epoch = lease.Epoch;
        while (true)
        {
            lease.ThrowIfLost();
            if (await TryWriteAsync(lease.Stream.Id, epoch, write, checkpoint, cancel))
                return;
            epoch = await lease.EpochAboveAsync(epoch, cancel);
        }
    }

    /// <summary>As the other, by stream and epoch, for code that has no lease at hand.</summary>
    /// <returns>False when another epoch holds the stream. Nothing was written then.</returns>
    public async Task<bool> TryWriteAsync(
        string streamId, long epoch, Func<DbTransaction, CancellationToken, Task>? write, string? checkpoint, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // The update locks the row, so that a claim waits until this is committed, and a commit comes before the claim or not at all.
        await using var look = Command(
            connection,
            transaction,
            $"update {_table} set checkpoint = coalesce(@checkpoint, checkpoint) where stream = @stream and epoch = @epoch",
            ("@stream", streamId),
            ("@epoch", epoch),
            ("@checkpoint", (object?)checkpoint ?? DBNull.Value));
        if (await look.ExecuteNonQueryAsync(cancel) != 1)
            return false;
        if (write is not null)
            await write(transaction, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = _connect();
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch (Exception)
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction, command.CommandTimeout) = (sql, transaction, CommandSeconds);
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            if (value is DBNull)
                parameter.DbType = System.Data.DbType.String;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62})?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TableName();
}
