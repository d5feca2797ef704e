using RabbitMQ.Client;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests.Bench;

/// <summary>Any AMQP client: knows nothing of the bus's library.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly IConnection _connection;

    private RawClient(IConnection connection, IChannel channel) => (_connection, Channel) = (connection, channel);

    internal IChannel Channel { get; }

    internal static async Task<RawClient> ConnectAsync(BrokerAddress address, string name = "test")
    {
        var cancel = TestContext.Current.CancellationToken;
        var connection = await new ConnectionFactory
        {
            Uri = address.Amqp,
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false,
            ContinuationTimeout = Patience.Seconds(10),
        }.CreateConnectionAsync(cancel);
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        return new RawClient(connection, await connection.CreateChannelAsync(confirmed, cancel));
    }

    internal async Task PutAsync(string queue, ReadOnlyMemory<byte> body, string? contentType = "application/json", string? messageId = null)
    {
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent };
        if (contentType is not null)
            properties.ContentType = contentType;
        if (messageId is not null)
            properties.MessageId = messageId;
        await Channel.BasicPublishAsync("", queue, mandatory: true, properties, body, TestContext.Current.CancellationToken);
    }

    /// <summary>As Monitor would: a queue that is given every fault from now on.</summary>
    internal async Task HearFaultsAsync(string queue)
    {
        var cancel = TestContext.Current.CancellationToken;
        await Channel.ExchangeDeclareAsync("weir.faults", ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancel);
        await Channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: cancel);
        await Channel.QueueBindAsync(queue, "weir.faults", "", cancellationToken: cancel);
    }

    internal Task<BasicGetResult> TakeAsync(string queue) => Eventually.GetAsync(
        $"a message in {queue}", cancel => Channel.BasicGetAsync(queue, autoAck: true, cancel), BusHost.Bound, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
