using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Registry.Tests.Stage;

/// <summary>Any AMQP client: it speaks bare JSON, and knows nothing of the bus's library.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly ConcurrentQueue<(string Type, JsonElement Body)> _heard = new();

    private RawClient(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    internal static async Task<RawClient> ConnectAsync(BrokerAddress address)
    {
        var cancel = TestContext.Current.CancellationToken;
        var connection = await new ConnectionFactory { Uri = address.Amqp, AutomaticRecoveryEnabled = false, ContinuationTimeout = Patience.Seconds(20) }.CreateConnectionAsync(cancel);
        return new RawClient(connection, await connection.CreateChannelAsync(cancellationToken: cancel));
    }

    /// <summary>A queue of its own, gone with it; what comes is remembered.</summary>
    internal async Task HearAsync(string queue, string? events = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        queue = (await _channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: false, cancellationToken: cancel)).QueueName;
        if (events is not null)
        {
            await _channel.ExchangeDeclareAsync(events, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancel);
            await _channel.QueueBindAsync(queue, events, "#", cancellationToken: cancel);
        }

        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            using var envelope = JsonDocument.Parse(message.Body);
            var type = envelope.RootElement.GetProperty("messageType")[0].GetString()!.Split(':')[^1];
            _heard.Enqueue((type, envelope.RootElement.GetProperty("message").Clone()));
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue, autoAck: true, consumer, cancel);
    }

    /// <summary>A queue of its own that nobody reads, gone with it.</summary>
    internal Task HoldAsync(string queue) =>
        _channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: false, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>As <see cref="HearAsync"/>, what is sent to an exchange of a service.</summary>
    internal async Task HearExchangeAsync(string exchange)
    {
        var cancel = TestContext.Current.CancellationToken;
        await _channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancel);
        await HearAsync($"heard.{exchange}");
        await _channel.QueueBindAsync($"heard.{exchange}", exchange, "", cancellationToken: cancel);
    }

    /// <summary>The fault of the next message that a queue parked; null while there is none.</summary>
    internal async Task<string?> ParkedAsync(string queue) =>
        await _channel.BasicGetAsync($"{queue}_error", autoAck: true, TestContext.Current.CancellationToken) is { BasicProperties.Headers: { } headers } && headers["MT-Fault-Message"] is byte[] fault
            ? System.Text.Encoding.UTF8.GetString(fault)
            : null;

    internal async Task PutAsync<T>(string queue, T message) =>
        await _channel.BasicPublishAsync(
            "", queue, mandatory: true, new BasicProperties { ContentType = "application/json" }, JsonSerializer.SerializeToUtf8Bytes(message, Web), TestContext.Current.CancellationToken);

    /// <summary>As a program that has the bus's library sends: in its envelope.</summary>
    internal async Task SendAsync<T>(string queue, T message)
    {
        var envelope = new { messageId = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)).Insert(8, "-").Insert(13, "-").Insert(18, "-").Insert(23, "-"), messageType = new[] { $"urn:message:{typeof(T).Namespace}:{typeof(T).Name}" }, message };
        await _channel.BasicPublishAsync(
            "", queue, mandatory: true, new BasicProperties { ContentType = "application/vnd.masstransit+json" }, JsonSerializer.SerializeToUtf8Bytes(envelope, Web), TestContext.Current.CancellationToken);
    }

    internal IReadOnlyList<T> All<T>() => [.. _heard.Where(one => one.Type == typeof(T).Name).Select(one => one.Body.Deserialize<T>(Web)!)];

    internal Task<T> FirstAsync<T>(Func<T, bool> which, TimeSpan? within = null)
        where T : class => Eventually.GetAsync(
            $"a {typeof(T).Name} (heard so far: {string.Join(", ", _heard.GroupBy(one => one.Type).Select(same => $"{same.Key} x {same.Count()}"))})",
            _ => Task.FromResult(All<T>().FirstOrDefault(which)),
            within ?? Bound,
            TestContext.Current.CancellationToken);

    /// <summary>The process dies: its connection is gone, and its queues with it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
