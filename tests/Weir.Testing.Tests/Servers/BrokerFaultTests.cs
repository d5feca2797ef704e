using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Servers;

[Chaos, Slow]
public abstract class BrokerFaultTests : OwnServerTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Broker_FrozenThenKilledThenRestarted_HangsThenKeepsItsPortAndMessages()
    {
        await using var broker = await (await UsableSourceAsync()).StartBrokerAsync(Cancel);
        await using (var connection = await Amqp.ConnectAsync(broker.Address, Cancel))
        {
            await using var channel = await connection.CreateChannelAsync(Amqp.Confirmed, Cancel);
            await channel.QueueDeclareAsync("kept", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancel);
            await PublishAsync(channel, [7]);

            await ShowsNoAnswerWhileFrozenAsync(broker, channel);
            await broker.KillAsync(Cancel);
            await Eventually.TrueAsync("the client to see the broker die", _ => Task.FromResult(!connection.IsOpen), Bound, Cancel);
        }

        await broker.RestartAsync(Cancel);

        await using var again = await Amqp.ConnectAsync(broker.Address, Cancel);
        // It answers, and may yet be without a queue that it is about to recover.
        await Eventually.TrueAsync("the queue to be there again", token => HasQueueAsync(again, token), Bound, Cancel);
        await using var reader = await again.CreateChannelAsync(cancellationToken: Cancel);
        var kept = await Amqp.TakeAsync(reader, "kept", Bound, Cancel);
        Assert.Equal([7], kept);
    }

    private static async Task<bool> HasQueueAsync(IConnection connection, CancellationToken cancel)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        try
        {
            await channel.QueueDeclarePassiveAsync("kept", cancel);
            return true;
        }
        catch (OperationInterruptedException fault) when (fault.ShutdownReason?.ReplyCode == 404)
        {
            return false;
        }
    }

    private static async Task ShowsNoAnswerWhileFrozenAsync(BrokerServer broker, IChannel channel)
    {
        await broker.FreezeAsync(Cancel);
        var publish = PublishAsync(channel, [8]);
        await Assert.ThrowsAsync<TimeoutException>(() => publish.WaitAsync(Patience.Scale(Moment), Cancel));
        await broker.ThawAsync(Cancel);
        await publish.WaitAsync(Patience.Scale(Bound), Cancel);
    }

    private static Task PublishAsync(IChannel channel, byte[] body) => channel.BasicPublishAsync(
        "", "kept", mandatory: true, new BasicProperties { Persistent = true }, body, Cancel).AsTask();
}
