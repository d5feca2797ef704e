using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using Weir.Worker.Sinks;

namespace Weir.Worker.Radio.Plays;

/// <summary>
/// The table <c>plays</c> behind the fence <c>plays_fence</c>, in PostgreSQL or SQLite. A row is written by its key, so that a write
/// whose answer was lost is simply done again.
/// </summary>
internal sealed class PlayTable : IAsyncDisposable
{
    private const string Schema = """
        create table if not exists plays (
            station text not null, began_ms bigint not null, title text not null, seen_ms bigint not null, ended_ms bigint,
            longest_gap_ms bigint not null, epoch bigint not null, worker text not null, primary key (station, began_ms))
        """;

    private const string Upsert = """
        insert into plays (station, began_ms, title, seen_ms, ended_ms, longest_gap_ms, epoch, worker)
        values (@station, @began, @title, @seen, @ended, @gap, @epoch, @worker)
        on conflict (station, began_ms) do update set
            seen_ms = @seen, ended_ms = @ended, epoch = @epoch, worker = @worker,
            longest_gap_ms = case when plays.longest_gap_ms > @gap then plays.longest_gap_ms else @gap end
        """;

    private const long SchemaLock = 0x706C617973;
    private const int CommandSeconds = 10;

    // A file has one writer; a server's connections are few, and a worker has many stations.
    private const int LanesOfServer = 4;

    private readonly NpgsqlDataSource? _server;
    private readonly FencedTable _fence;
    private readonly Func<DbConnection> _connect;
    private readonly string _worker;
    private readonly SemaphoreSlim _lanes;
    private readonly SemaphoreSlim _making = new(1);
    private volatile bool _isMade;

    public PlayTable(IOptions<RadioOptions> options, IOptions<WeirWorkerOptions> worker)
    {
        var connectionString = options.Value.ConnectionString;
        _server = options.Value.Sink == RadioSinkKind.Postgres ? NpgsqlDataSource.Create(connectionString) : null;
        _connect = _server is { } server ? server.CreateConnection : () => File(connectionString);
        _fence = new FencedTable(_connect, "plays_fence");
        _lanes = new SemaphoreSlim(_server is null ? 1 : LanesOfServer);
        _worker = worker.Value.WorkerId;
    }

    /// <summary>Claims the station, then gives what the owner before left.</summary>
    /// <exception cref="LeaseLostException">A higher epoch has claimed it.</exception>
    internal Task<PlayMark?> ClaimAsync(string station, long epoch, CancellationToken cancel) =>
        InLaneAsync(async () => PlayMark.Read(await _fence.ClaimAsync(station, epoch, cancel)), cancel);

    /// <summary>Writes the plays and the mark, all or none.</summary>
    /// <exception cref="LeaseLostException">The station is another's.</exception>
    internal Task WriteAsync(StreamLease lease, IReadOnlyList<Play> plays, CancellationToken cancel) => InLaneAsync(
        async () =>
        {
            await _fence.WriteAsync(lease, (transaction, token) => UpsertAsync(lease, plays, transaction, token), PlayMark.Of(plays[^1]).ToJson(), cancel);
            return true;
        },
        cancel);

    public async ValueTask DisposeAsync()
    {
        _lanes.Dispose();
        _making.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private async Task<T> InLaneAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _lanes.WaitAsync(cancel);
        try
        {
            if (!_isMade)
                await MakeAsync(cancel);
            return await work();
        }
        finally
        {
            _lanes.Release();
        }
    }

    // The fence holds the row while this runs, so the lease's epoch is the one it was checked against.
    private async Task UpsertAsync(StreamLease lease, IReadOnlyList<Play> plays, DbTransaction transaction, CancellationToken cancel)
    {
        foreach (var play in plays)
        {
            await using var command = Command(transaction.Connection!, transaction, Upsert);
            Add(command, "@station", lease.Stream.Id);
            Add(command, "@began", play.BeganMs);
            Add(command, "@title", play.Title);
            Add(command, "@seen", play.SeenMs);
            Add(command, "@ended", (object?)play.EndedMs ?? DBNull.Value, DbType.Int64);
            Add(command, "@gap", play.GapMs);
            Add(command, "@epoch", lease.Epoch);
            Add(command, "@worker", _worker);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private async Task MakeAsync(CancellationToken cancel)
    {
        await _making.WaitAsync(cancel);
        try
        {
            if (_isMade)
                return;
            await using var connection = _connect();
            await connection.OpenAsync(cancel);
            // Workers start together, and of two that make a table at once one would fail. The lock goes with the transaction.
            if (_server is null)
                await RunAsync(connection, transaction: null, "pragma journal_mode = wal", cancel);
            await using (var transaction = _server is null ? null : await connection.BeginTransactionAsync(cancel))
            {
                if (transaction is not null)
                    await RunAsync(connection, transaction, $"select pg_advisory_xact_lock({SchemaLock})", cancel);
                await RunAsync(connection, transaction, Schema, cancel);
                await _fence.CreateAsync(cancel);
                if (transaction is not null)
                    await transaction.CommitAsync(cancel);
            }
            _isMade = true;
        }
        finally
        {
            _making.Release();
        }
    }

    // Not each of a thousand small writes waits for the disk: a power cut may cost the last plays, and all who wrote them are then gone too.
    private static SqliteConnection File(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.StateChange += static (opened, change) =>
        {
            if (change.CurrentState != ConnectionState.Open)
                return;
            using var command = ((SqliteConnection)opened!).CreateCommand();
            command.CommandText = "pragma synchronous = normal";
            command.ExecuteNonQuery();
        };
        return connection;
    }

    private static async Task RunAsync(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken cancel)
    {
        await using var command = Command(connection, transaction, sql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction, command.CommandTimeout) = (sql, transaction, CommandSeconds);
        return command;
    }

    private static void Add(DbCommand command, string name, object value, DbType? type = null)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        if (type is { } known)
            parameter.DbType = known;
        command.Parameters.Add(parameter);
    }
}
