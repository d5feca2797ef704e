using Npgsql;

namespace Weir.Worker.Ticker.Sinks;

/// <summary>
/// Tables <c>weir_fence</c> and <c>weir_ticks</c>. A batch is one statement: it locks the fence rows whose epoch is the tick's own, in the order of
/// the streams, and takes the ticks of those. A row's number is drawn while its fence row is locked, so numbers tell the order along a stream.
/// </summary>
internal sealed class PostgresTickSink(string connectionString) : ITickSink, IAsyncDisposable
{
    private const string Schema = """
        create table if not exists weir_fence (stream text primary key, epoch bigint not null, checkpoint text);
        create table if not exists weir_ticks (
            number bigint generated always as identity primary key, stream text not null, epoch bigint not null, worker text not null,
            incarnation bigint not null, sequence bigint not null, at bigint not null);
        """;

    private const string Claim = """
        with claimed as (
            insert into weir_fence as fence (stream, epoch) values (@stream, @epoch)
            on conflict (stream) do update set epoch = @epoch where fence.epoch <= @epoch
            returning stream, epoch, checkpoint
        ), noted as (
            insert into weir_ticks (stream, epoch, worker, incarnation, sequence, at)
            select stream, epoch, @worker, @incarnation, 0, @at from claimed
        )
        select coalesce(checkpoint, '0')::bigint from claimed
        """;

    private const string Write = """
        with ticks as (
            select * from unnest(@streams, @epochs, @workers, @incarnations, @sequences, @times) as t(stream, epoch, worker, incarnation, sequence, at)
        ), held as (
            select f.stream, f.epoch from weir_fence f
            join (select stream, epoch, max(sequence) as sequence from ticks group by stream, epoch) d on f.stream = d.stream and f.epoch = d.epoch
            order by f.stream for update of f
        ), moved as (
            update weir_fence f set checkpoint = d.sequence::text
            from (select t.stream, max(t.sequence) as sequence from ticks t join held h on h.stream = t.stream and h.epoch = t.epoch group by t.stream) d
            where f.stream = d.stream
        ), taken as (
            insert into weir_ticks (stream, epoch, worker, incarnation, sequence, at)
            select t.stream, t.epoch, t.worker, t.incarnation, t.sequence, t.at
            from ticks t join held h on h.stream = t.stream and h.epoch = t.epoch order by t.stream, t.sequence
        )
        select distinct t.stream, t.epoch from ticks t where not exists (select 1 from held h where h.stream = t.stream and h.epoch = t.epoch)
        """;

    private const int SchemaLock = 0x77656972;
    private const int CommandSeconds = 10;

    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(connectionString);
    private Task? _ready;

    public async Task<long> ClaimAsync(Tick claim, CancellationToken cancel)
    {
        await ReadyAsync(cancel);
        await using var command = Command(Claim);
        command.Parameters.AddWithValue("stream", claim.Stream);
        command.Parameters.AddWithValue("epoch", claim.Epoch);
        command.Parameters.AddWithValue("worker", claim.Worker);
        command.Parameters.AddWithValue("incarnation", claim.Incarnation);
        command.Parameters.AddWithValue("at", claim.At);
        return await command.ExecuteScalarAsync(cancel) is long sequence
            ? sequence
            : throw new LeaseLostException(claim.Stream, claim.Epoch, "weir_fence has seen a higher epoch");
    }

    public async Task<IReadOnlySet<(string Stream, long Epoch)>> WriteAsync(IReadOnlyList<Tick> ticks, CancellationToken cancel)
    {
        await ReadyAsync(cancel);
        await using var command = Command(Write);
        command.Parameters.AddWithValue("streams", ticks.Select(tick => tick.Stream).ToArray());
        command.Parameters.AddWithValue("epochs", ticks.Select(tick => tick.Epoch).ToArray());
        command.Parameters.AddWithValue("workers", ticks.Select(tick => tick.Worker).ToArray());
        command.Parameters.AddWithValue("incarnations", ticks.Select(tick => tick.Incarnation).ToArray());
        command.Parameters.AddWithValue("sequences", ticks.Select(tick => tick.Sequence).ToArray());
        command.Parameters.AddWithValue("times", ticks.Select(tick => tick.At).ToArray());
        var refused = new HashSet<(string, long)>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            refused.Add((rows.GetString(0), rows.GetInt64(1)));
        return refused;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private NpgsqlCommand Command(string sql)
    {
        var command = _database.CreateCommand(sql);
        command.CommandTimeout = CommandSeconds;
        return command;
    }

    private Task ReadyAsync(CancellationToken cancel)
    {
        if (_ready is not { IsFaulted: false, IsCanceled: false })
            _ready = CreateAsync();
        return _ready.WaitAsync(cancel);
    }

    // Two processes that start at once would else both create the table, and one would fail.
    private async Task CreateAsync()
    {
        await using var connection = await _database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"select pg_advisory_xact_lock({SchemaLock}); {Schema}", connection, transaction);
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
