using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Weir.Benchmarks.Outbox;

/// <summary>The same work by the drivers alone: insert a row, publish with a confirm, hear it.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private const string Queue = "bench.raw";
    private readonly IConnection _connection;
    private readonly IChannel _publishing;
    private readonly IChannel _hearing;
    private readonly NpgsqlDataSource _database;
    private readonly Tally _tally = new();

    private RawClient(IConnection connection, IChannel publishing, IChannel hearing, NpgsqlDataSource database) =>
        (_connection, _publishing, _hearing, _database) = (connection, publishing, hearing, database);

    public static async Task<RawClient> OpenAsync(Uri broker, string postgres, CancellationToken cancel)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancel);
        var publishing = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancel);
        var hearing = await connection.CreateChannelAsync(cancellationToken: cancel);
        var client = new RawClient(connection, publishing, hearing, NpgsqlDataSource.Create(postgres));
        await hearing.QueueDeclareAsync(Queue, true, false, false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancel);
        await hearing.BasicQosAsync(0, 256, false, cancel);
        var consumer = new AsyncEventingBasicConsumer(hearing);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            client._tally.Heard(JsonSerializer.Deserialize<Happened>(delivery.Body.Span)!.SentTicks);
            await hearing.BasicAckAsync(delivery.DeliveryTag, false, cancel);
        };
        await hearing.BasicConsumeAsync(Queue, autoAck: false, consumer, cancel);
        return client;
    }

    public async Task<double> PublishAsync(int messages, CancellationToken cancel)
    {
        var heard = _tally.Expect(messages);
        var begun = Stopwatch.GetTimestamp();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Increment(ref next) is var number && number <= messages) await OneAsync(number, cancel);
            },
            cancel)));
        await heard.WaitAsync(TimeSpan.FromMinutes(3), cancel);
        return messages / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _publishing.DisposeAsync();
        await _hearing.DisposeAsync();
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task OneAsync(int number, CancellationToken cancel)
    {
        await using (var insert = _database.CreateCommand("INSERT INTO \"Entries\" (\"Number\", \"Text\") VALUES ($1, $2)"))
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = number });
            insert.Parameters.Add(new NpgsqlParameter { Value = Happened.Filler });
            await insert.ExecuteNonQueryAsync(cancel);
        }

        await _publishing.BasicPublishAsync(
            "", Queue, mandatory: true, new BasicProperties { Persistent = true },
            JsonSerializer.SerializeToUtf8Bytes(Happened.Of(number, Stopwatch.GetTimestamp())), cancel);
    }
}
