using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Weir.Contracts.Ownership;
using Weir.Core.Assignments;
using Weir.Persistence.Rows;
using Weir.Testing.Servers;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>
/// A subscriber that knows the assignment table from facts alone: a snapshot, and then each fact that stands above what it has, by
/// epoch and then Assigned, Running, Releasing, Unowned.
/// </summary>
internal sealed class FactReplay : IAsyncDisposable
{
    private static readonly string[] Ranks = [nameof(StreamsAssigned), nameof(StreamsRunning), nameof(StreamsReleasing), nameof(StreamsUnowned)];
    private static readonly AssignmentState[] States = [AssignmentState.Starting, AssignmentState.Owned, AssignmentState.Releasing, AssignmentState.Unowned];
    private readonly ConcurrentDictionary<string, (long Epoch, int Rank, string? Worker)> _table = new(StringComparer.Ordinal);
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private int _heard;

    private FactReplay(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    /// <summary>How many facts came.</summary>
    internal int Heard => Volatile.Read(ref _heard);

    internal static async Task<FactReplay> StartAsync(BrokerAddress broker)
    {
        var cancel = TestContext.Current.CancellationToken;
        var connection = await new ConnectionFactory { Uri = broker.Amqp, ClientProvidedName = "replay", AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancel);
        var replay = new FactReplay(connection, await connection.CreateChannelAsync(cancellationToken: cancel));
        await replay._channel.ExchangeDeclareAsync("weir.events", ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancel);
        await replay._channel.QueueDeclareAsync("replay", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancel);
        foreach (var fact in Ranks) await replay._channel.QueueBindAsync("replay", "weir.events", fact + ".#", cancellationToken: cancel);
        return replay;
    }

    /// <summary>Takes the table as it is, and from then on what the queue has and gets.</summary>
    internal async Task FollowAsync(IEnumerable<StoredAssignment> snapshot)
    {
        foreach (var row in snapshot) Take(row.Stream.Value, row.Epoch.Value, Array.IndexOf(States, row.State), row.Worker?.Value);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            Hear(delivery.Body.Span);
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync("replay", autoAck: true, consumer, TestContext.Current.CancellationToken);
    }

    /// <summary>Where what was heard differs from the table; empty when it is the table.</summary>
    internal IReadOnlyList<string> Differences(IReadOnlyList<StoredAssignment> rows)
    {
        var found = new List<string>();
        foreach (var row in rows)
        {
            var heard = _table.TryGetValue(row.Stream.Value, out var one) ? one : (Epoch: -1, Rank: 0, Worker: null);
            if (heard.Epoch != row.Epoch.Value || States[heard.Rank] != row.State || heard.Worker != row.Worker?.Value)
                found.Add($"{row.Stream}: the table has {row.State}@{row.Epoch} {row.Worker}, heard was {States[heard.Rank]}@{heard.Epoch} {heard.Worker}");
        }

        return rows.Count == _table.Count ? found : [.. found, $"{rows.Count} rows, {_table.Count} heard of"];
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private void Hear(ReadOnlySpan<byte> body)
    {
        var root = JsonDocument.Parse(body.ToArray()).RootElement;
        var rank = Array.IndexOf(Ranks, root.GetProperty("messageType")[0].GetString()!.Split(':')[^1]);
        foreach (var stream in root.GetProperty("message").GetProperty("streams").EnumerateArray())
        {
            var worker = stream.TryGetProperty(rank == 3 ? "fromWorkerId" : "workerId", out var named) ? named.GetString() : null;
            Take(stream.GetProperty("streamId").GetString()!, stream.GetProperty("epoch").GetInt64(), rank, worker);
        }

        Interlocked.Increment(ref _heard);
    }

    private void Take(string stream, long epoch, int rank, string? worker) => _table.AddOrUpdate(
        stream, (epoch, rank, worker), (_, had) => (epoch, rank).CompareTo((had.Epoch, had.Rank)) > 0 ? (epoch, rank, worker) : had);
}
