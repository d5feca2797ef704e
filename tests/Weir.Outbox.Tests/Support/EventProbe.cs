using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Weir.Outbox.TestHost.Shop;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Outbox.Tests.Support;

/// <summary>Hears every OrderPlaced on a broker and places orders there, as a plain AMQP client, past the code under test.</summary>
internal sealed class EventProbe : IAsyncDisposable
{
    private const string Exchange = "Weir.Outbox.TestHost.Shop:OrderPlaced";
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly ConcurrentQueue<HeardEvent> _heard = new();

    private EventProbe(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    /// <summary>In the order of arrival, duplicates included.</summary>
    public IReadOnlyCollection<HeardEvent> Heard => _heard;

    public IReadOnlyList<int> Numbers => [.. _heard.Select(one => one.Number)];

    public static async Task<EventProbe> OpenAsync(BrokerAddress broker, CancellationToken cancel)
    {
        var factory = new ConnectionFactory { Uri = broker.Amqp, ClientProvidedName = "probe", NetworkRecoveryInterval = TimeSpan.FromMilliseconds(200) };
        var connection = await factory.CreateConnectionAsync(cancel);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancel);
        var probe = new EventProbe(connection, channel);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        await channel.QueueDeclareAsync(
            "probe", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancel);
        await channel.QueueBindAsync("probe", Exchange, "", cancellationToken: cancel);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => probe.HearAsync(delivery);
        await channel.BasicConsumeAsync("probe", autoAck: true, consumer, cancel);
        return probe;
    }

    /// <summary>Puts orders into the shop's queue, each with its own message id.</summary>
    /// <returns>The message ids.</returns>
    public async Task<IReadOnlyList<Guid>> PlaceAsync(IEnumerable<int> numbers, CancellationToken cancel)
    {
        var ids = new List<Guid>();
        foreach (var number in numbers)
        {
            var id = Id(number);
            await PlaceAsync(id, number, cancel);
            ids.Add(id);
        }

        return ids;
    }

    public async Task PlaceAsync(Guid messageId, int number, CancellationToken cancel)
    {
        var envelope = new
        {
            messageId,
            messageType = new[] { "urn:message:Weir.Outbox.TestHost.Shop:PlaceOrder" },
            message = new { orderId = messageId, number },
        };
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true };
        await _channel.BasicPublishAsync(
            "", ShopHost.OrdersQueue, mandatory: true, properties, JsonSerializer.SerializeToUtf8Bytes(envelope), cancel);
    }

    public Task ReachAsync(int distinct, CancellationToken cancel, double seconds = 30) => Eventually.TrueAsync(
        $"{distinct} distinct events (heard {_heard.Count})",
        _ => Task.FromResult(_heard.DistinctBy(one => one.MessageId).Count() >= distinct), TimeSpan.FromSeconds(seconds), cancel);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static Guid Id(int number) => new(number, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]);

    private Task HearAsync(BasicDeliverEventArgs delivery)
    {
        using var envelope = JsonDocument.Parse(delivery.Body);
        var message = envelope.RootElement.GetProperty("message");
        _heard.Enqueue(new HeardEvent(
            envelope.RootElement.GetProperty("messageId").GetGuid(),
            message.GetProperty("orderId").GetGuid(),
            message.GetProperty("number").GetInt32(),
            Stopwatch.GetTimestamp()));
        return Task.CompletedTask;
    }
}
