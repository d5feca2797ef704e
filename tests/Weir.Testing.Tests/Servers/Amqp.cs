using RabbitMQ.Client;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Servers;

/// <summary>Bare AMQP, without the recovery and retries that would hide a fault from a test.</summary>
internal static class Amqp
{
    /// <summary>A publish returns once the broker has taken the message.</summary>
    public static CreateChannelOptions Confirmed { get; } =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    public static Task<IConnection> ConnectAsync(BrokerAddress address, CancellationToken cancel) => new ConnectionFactory
    {
        Uri = address.Amqp,
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = Patience.Seconds(10),
        ContinuationTimeout = Patience.Seconds(20),
        HandshakeContinuationTimeout = Patience.Seconds(10),
    }.CreateConnectionAsync(cancel);

    /// <summary>The body of the queue's first message, as soon as there is one.</summary>
    public static Task<byte[]> TakeAsync(IChannel channel, string queue, TimeSpan within, CancellationToken cancel) => Eventually.GetAsync(
        $"a message in {queue}",
        async token => (await channel.BasicGetAsync(queue, autoAck: true, token))?.Body.ToArray(),
        within, cancel);
}
