using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Weir.Bus.Names;
using Weir.Contracts.Ownership;
using Weir.Testing.Servers;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>
/// A worker without any of our code on its side of the broker: reads its command queue as JSON and answers as it was told to. Its gate
/// is the least that one must keep: the highest epoch a stream was told.
/// </summary>
internal sealed class RawWorker : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _queue;
    private readonly SemaphoreSlim _one = new(1, 1);

    private RawWorker(string worker, string process, IConnection connection, IChannel channel)
    {
        (Worker, Process, _connection, _channel) = (worker, process, connection, channel);
        _queue = BrokerNames.WorkerQueue(worker, process);
    }

    internal string Worker { get; }

    internal string Process { get; }

    /// <summary>What runs, by the epoch it runs at.</summary>
    internal ConcurrentDictionary<string, long> Running { get; } = new(StringComparer.Ordinal);

    /// <summary>All that came: the message's name and its body.</summary>
    internal ConcurrentQueue<(string Name, JsonElement Body)> Heard { get; } = new();

    /// <summary>How many bytes each message took that came, and how many streams it held.</summary>
    internal ConcurrentQueue<(int Bytes, int Streams)> Sizes { get; } = new();

    /// <summary>Whether a Start is answered, and how. Default: it runs.</summary>
    internal Func<string, RawAnswer> OnStart { get; set; } = _ => RawAnswer.Does;

    internal Func<string, RawAnswer> OnRelease { get; set; } = _ => RawAnswer.Does;

    internal static async Task<RawWorker> StartAsync(BrokerAddress broker, string worker, string process)
    {
        var cancel = TestContext.Current.CancellationToken;
        var connection = await new ConnectionFactory { Uri = broker.Amqp, ClientProvidedName = $"raw.{worker}", AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancel);
        var raw = new RawWorker(worker, process, connection, await connection.CreateChannelAsync(cancellationToken: cancel));
        await raw._channel.QueueDeclareAsync(raw._queue, durable: false, exclusive: true, autoDelete: false, cancellationToken: cancel);
        var consumer = new AsyncEventingBasicConsumer(raw._channel);
        consumer.ReceivedAsync += (_, delivery) => raw.TakeAsync(delivery.Body.ToArray());
        await raw._channel.BasicConsumeAsync(raw._queue, autoAck: true, consumer, cancel);
        return raw;
    }

    internal Task SayAsync<T>(T message) => SayAsync("weir.orchestrator.answers", message);

    internal Task SayAsync<T>(string exchange, T message) => PublishAsync(exchange, "", message);

    /// <summary>Puts a message straight into a queue that is there, whether its exchange leads to it yet or not.</summary>
    internal Task PutAsync<T>(string queue, T message) => PublishAsync("", queue, message);

    private async Task PublishAsync<T>(string exchange, string key, T message)
    {
        var envelope = new
        {
            messageId = NewIdOf(),
            messageType = new[] { $"urn:message:{typeof(T).Namespace}:{typeof(T).Name}" },
            message,
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(envelope, Json);
        await _one.WaitAsync();
        try
        {
            await _channel.BasicPublishAsync(exchange, key, mandatory: false, new BasicProperties { ContentType = "application/vnd.masstransit+json" }, body);
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        _one.Dispose();
    }

    private static Guid NewIdOf() => MassTransit.NewId.NextGuid();

    private async Task TakeAsync(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var name = document.RootElement.GetProperty("messageType")[0].GetString()!.Split(':')[^1];
        var body = document.RootElement.GetProperty("message").Clone();
        Heard.Enqueue((name, body));
        Sizes.Enqueue((bytes.Length, body.TryGetProperty("streams", out var carried) ? carried.GetArrayLength() : 0));
        if (name is not (nameof(StartStreams) or nameof(ReleaseStreams))) return;
        var incarnation = body.GetProperty("incarnation").GetInt64();
        var streams = body.GetProperty("streams").EnumerateArray()
            .Select(stream => new StreamEpoch(stream.GetProperty("streamId").GetString()!, stream.GetProperty("epoch").GetInt64())).ToList();
        if (name == nameof(StartStreams)) await StartedAsync(incarnation, streams);
        else await ReleasedAsync(incarnation, streams);
    }

    private async Task StartedAsync(long incarnation, List<StreamEpoch> streams)
    {
        var runs = streams.Where(stream => OnStart(stream.StreamId) == RawAnswer.Does).ToList();
        foreach (var stream in runs) Running.AddOrUpdate(stream.StreamId, stream.Epoch, (_, before) => Math.Max(before, stream.Epoch));
        if (runs.Count > 0) await SayAsync(new StreamsStarted(Worker, incarnation, runs));
        foreach (var stream in streams.Where(stream => OnStart(stream.StreamId) == RawAnswer.Fails))
            await SayAsync(new StreamFailed(Worker, incarnation, stream.StreamId, stream.Epoch, "it broke"));
        foreach (var stream in streams.Where(stream => OnStart(stream.StreamId) == RawAnswer.Refuses))
            await SayAsync(new StreamStartRefused(Worker, incarnation, stream.StreamId, stream.Epoch, StartRefusal.Stopping));
    }

    private async Task ReleasedAsync(long incarnation, List<StreamEpoch> streams)
    {
        var done = streams.Where(stream => OnRelease(stream.StreamId) == RawAnswer.Does).ToList();
        foreach (var stream in done) Running.TryRemove(stream.StreamId, out _);
        if (done.Count > 0) await SayAsync(new StreamsReleased(Worker, incarnation, done));
    }
}
