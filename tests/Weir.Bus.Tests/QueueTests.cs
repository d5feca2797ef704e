using MassTransit;
using Weir.Bus.Endpoints;
using Weir.Bus.Names;
using Weir.Bus.Parking;
using Weir.Bus.Tests.Bench;
using Weir.Contracts.Leases;
using Weir.Contracts.Planning;
using Weir.Contracts.Workers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests;

/// <summary>What a policy is on a real broker.</summary>
[Integration, Slow]
public sealed class QueueTests(BrokerScope scope) : IClassFixture<BrokerScope>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queues_AreQuorumAndDurable_WithTheirLimitsDeclared()
    {
        var policy = EndpointPolicy.Of("shape", "work", RetryLadder.None) with { DeliveryLimit = 5, Prefetch = 17 };
        await using var host = await BusHost.StartAsync(Hearing.Service("shape", policy, new Heard<Work>()), scope.Broker);

        var queues = (await scope.View.QueuesAsync()).ToDictionary(queue => queue["name"]!.ToString());
        var (work, error) = (queues["weir.shape.work"], queues["weir.shape.work_error"]);

        Assert.All([work, error], queue => Assert.Equal(("quorum", "true", "False"), (queue["type"]!.ToString(), queue["durable"]!.ToString(), $"{queue["auto_delete"]!.GetValue<bool>()}")));
        Assert.Equal(5, work["arguments"]!["x-delivery-limit"]!.GetValue<int>());
        Assert.Equal("weir.shape.work_error", work["arguments"]!["x-dead-letter-exchange"]!.ToString());
        Assert.Equal("at-least-once", work["arguments"]!["x-dead-letter-strategy"]!.ToString());
        Assert.Equal(["x-queue-type"], error["arguments"]!.AsObject().Select(argument => argument.Key));
        // The broker tells its statistics every few seconds.
        var consumer = await Eventually.GetAsync(
            "the consumer to be shown",
            async _ => (await scope.View.ConsumersAsync()).FirstOrDefault(each => each["queue"]!["name"]!.ToString() == "weir.shape.work"),
            BusHost.Bound, Cancel);
        Assert.Equal(17, consumer["prefetch_count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Beats_LapseWithTheLease_AndAreNotDeadLettered()
    {
        await using var host = await BusHost.StartAsync(Hearing.Service("registry", WeirEndpoints.Beats(TimeSpan.FromSeconds(8)), new Heard<WorkerBeat>()), scope.Broker);

        var beats = (await scope.View.QueuesAsync()).Single(queue => queue["name"]!.ToString() == "weir.registry.beats");

        Assert.Equal(8000, beats["arguments"]!["x-message-ttl"]!.GetValue<int>());
        Assert.False(beats["arguments"]!.AsObject().ContainsKey("x-dead-letter-exchange"));
    }

    [Fact]
    public async Task Message_WhoseConsumersDieWithIt_IsDeadLetteredWithItsReason()
    {
        var queue = "weir.deadly.work";
        var policy = EndpointPolicy.Of("deadly", "work", RetryLadder.None) with { DeliveryLimit = 3 };
        await (await BusHost.StartAsync(Hearing.Service("deadly", policy, new Heard<Work>()), scope.Broker)).DisposeAsync();
        await using var client = await RawClient.ConnectAsync(scope.Broker);
        await client.PutAsync(queue, "{}"u8.ToArray());

        var deliveries = 0;
        await Eventually.TrueAsync(
            "the queue to be empty",
            async _ =>
            {
                // Handed back, as the broker does with what a dead consumer had.
                if (await client.Channel.BasicGetAsync(queue, autoAck: false, Cancel) is { } got)
                {
                    deliveries++;
                    await client.Channel.BasicNackAsync(got.DeliveryTag, multiple: false, requeue: true, Cancel);
                }

                return (await scope.View.MessagesAsync(queue + "_error")).Count == 1;
            },
            BusHost.Bound, Cancel);

        var parked = Assert.Single(await scope.View.MessagesAsync(queue + "_error"));
        Assert.Equal(4, deliveries);
        Assert.Equal("delivery_limit", BrokerView.Header(parked, "x-first-death-reason"));
    }

    [Fact]
    public async Task Message_ThatFailedAtEveryAttempt_IsParkedWithReasonAndFault_AndMonitorHearsOfIt()
    {
        var heard = new Heard<Work> { Then = _ => throw new InvalidOperationException("planted") };
        await using var host = await BusHost.StartAsync(Hearing.Service("failing", EndpointPolicy.Of("failing", "work", RetryLadder.Of(1)), heard), scope.Broker);
        await using var client = await RawClient.ConnectAsync(scope.Broker);
        await client.HearFaultsAsync("weir.monitor.ear");

        await (await host.Bus.GetSendEndpoint(new Uri("exchange:weir.failing.work"))).Send(new Work(1), Cancel);

        var parked = Assert.Single(await scope.View.ParkedAsync("weir.failing.work", 1));
        Assert.Equal(2, heard.Attempts.Count);
        Assert.Equal(ParkReason.Failed, BrokerView.Header(parked, ParkReason.Header));
        Assert.Equal("planted", BrokerView.Header(parked, "MT-Fault-Message"));
        await client.TakeAsync("weir.monitor.ear");
    }

    [Fact]
    public async Task Facts_GoToOneTopicExchange_RoutedByNameAndPool()
    {
        var (lost, changed) = (new Heard<WorkerLost>(), new Heard<PoolChanged>());
        await using var host = await BusHost.StartAsync(
            services => services.AddWeirBus("listener", bus =>
            {
                bus.AddHearing(services, EndpointPolicy.Of("listener", "facts", RetryLadder.None).Hearing<WorkerLost>(), lost);
                bus.AddHearing(services, EndpointPolicy.OwnOf("listener", "wake", "p1").Hearing<PoolChanged>(), changed);
            }),
            scope.Broker);
        await using var client = await RawClient.ConnectAsync(scope.Broker);
        await client.Channel.QueueDeclareAsync("weir.raw.ear", durable: false, exclusive: true, autoDelete: true, cancellationToken: Cancel);
        await client.Channel.QueueBindAsync("weir.raw.ear", BrokerNames.Events, "*.eu.west", cancellationToken: Cancel);

        await host.Bus.Publish(new WorkerLost("eu.west", "w1", 7, LossReason.Silent), Cancel);
        await host.Bus.Publish(new WorkerJoined("eu.west", "w2", 8, 10), Cancel);
        await host.Bus.Publish(new PoolChanged("us"), Cancel);

        Assert.Equal("w1", (await lost.FirstAsync(_ => true)).WorkerId);
        Assert.Equal("us", (await changed.FirstAsync(_ => true)).Pool);
        var first = await client.TakeAsync("weir.raw.ear");
        Assert.Equal("WorkerLost.eu.west", first.RoutingKey);
        Assert.DoesNotContain(await scope.View.ExchangesAsync(), each => each["name"]!.ToString().Contains(':', StringComparison.Ordinal));
    }
}
