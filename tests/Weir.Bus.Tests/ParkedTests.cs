using System.Text;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Weir.Bus.Endpoints;
using Weir.Bus.Parked;
using Weir.Bus.Parking;
using Weir.Bus.Tests.Bench;
using Weir.Outbox;
using Weir.Testing.Network;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests;

/// <summary>What was parked is looked at, put back once its cause is mended, and takes effect once, however the putting back ends.</summary>
[Integration, Slow]
public sealed class ParkedTests(BrokerScope scope) : IClassFixture<BrokerScope>
{
    private static readonly ErrorQueueName Failing = ErrorQueueName.Of("weir.ledger.work_error")!;

    private readonly Heard<Work> _heard = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_ThatFailed_IsShownWithItsReason_AndAfterTheMendingTakesEffectOnce()
    {
        await using var host = await LedgerAsync();
        _heard.Then = _ => throw new InvalidOperationException("the cause");
        await SendAsync(host, 7);
        await using var parked = await OpenAsync();
        var shown = await ParkedAsync(parked, 1);
        Assert.Equal((ParkReason.Failed, "the cause", 0), (shown.Reason, shown.Fault, shown.Replays));
        Assert.NotNull(shown.ParkedAt);
        Assert.Contains("\"number\":7", Encoding.UTF8.GetString(shown.Body.Span).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);

        // Not mended yet: it comes again, and says that it was put back before.
        Assert.Equal(1, await parked.ReplayAsync(Failing, shown.Id, Cancel));
        var again = await ParkedAsync(parked, 1);
        Assert.Equal((shown.Id, 1), (again.Id, again.Replays));
        _heard.Then = _ => Task.CompletedTask;
        Assert.Equal(1, await parked.ReplayAsync(Failing, id: null, Cancel));

        await LinesAsync(host, 7, 1);
        Assert.Equal(0, (await parked.TallyAsync(Failing, 10, Cancel)).Messages);
        Assert.DoesNotContain(_heard.Attempts[^1].ReceiveContext.TransportHeaders.GetAll(), header => header.Key.StartsWith("MT-Fault", StringComparison.Ordinal) || header.Key == ParkReason.Header);
        Assert.Single(_heard.Attempts.Select(attempt => attempt.MessageId).Distinct());
    }

    [Fact]
    public async Task Replay_KilledBetweenTheConfirmAndTheEnd_LeavesADoubleThatTheInboxDrops()
    {
        await using var host = await LedgerAsync();
        _heard.Then = _ => throw new InvalidOperationException("the cause");
        await SendAsync(host, 8);
        await using (var waiting = await OpenAsync())
            await ParkedAsync(waiting, 1);
        _heard.Then = _ => Task.CompletedTask;
        await using var proxy = TcpProxy.To(scope.Broker.Amqp.Port);
        await using (var cut = await OpenAsync(scope.Broker.Through(proxy.Port)))
        {
            cut.Confirmed = () =>
            {
                proxy.Cut();
                return Task.CompletedTask;
            };
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await cut.ReplayAsync(Failing, id: null, Cancel);
                throw new InvalidOperationException("the acknowledgement went into a dead socket");
            });
        }
        await LinesAsync(host, 8, 1);

        // It is in the error queue still, though it has taken effect: putting it back does no harm.
        await using var parked = await OpenAsync();
        await ParkedAsync(parked, 1);
        Assert.Equal(1, await parked.ReplayAsync(Failing, id: null, Cancel));
        await SendAsync(host, 9);
        await LinesAsync(host, 9, 1);
        await LinesAsync(host, 8, 1);
        Assert.Equal(0, (await parked.TallyAsync(Failing, 10, Cancel)).Messages);
    }

    [Fact]
    public async Task Replay_OfMany_PutsBackAllThatWereThere_AndNotWhatComesAgainMeanwhile()
    {
        var policy = EndpointPolicy.Of("many", "work", RetryLadder.None);
        _heard.Then = attempt => attempt.Message.Number % 10 == 0 ? throw new InvalidOperationException("every tenth") : Task.CompletedTask;
        await using var host = await BusHost.StartAsync(Hearing.Service("many", policy, _heard), scope.Broker);
        await using var client = await RawClient.ConnectAsync(scope.Broker);
        await Task.WhenAll(Enumerable.Range(1, 230).Select(number => client.Channel.BasicPublishAsync(
            "", "weir.many.work_error", mandatory: true, new BasicProperties { ContentType = "application/vnd.masstransit+json", MessageId = $"{MassTransit.NewId.NextGuid()}" }, Envelope(number), Cancel).AsTask()));
        await using var parked = await OpenAsync();

        var replayed = await parked.ReplayAsync(ErrorQueueName.Of("weir.many.work_error")!, id: null, Cancel);

        Assert.Equal(230, replayed);
        await Eventually.TrueAsync("all to be heard", _ => Task.FromResult(_heard.Messages.Select(work => work.Number).Distinct().Count() == 230), BusHost.Bound, Cancel);
        await Eventually.TrueAsync(
            "every tenth to be parked again", async cancel => (await parked.TallyAsync(ErrorQueueName.Of("weir.many.work_error")!, 100, cancel)).Reasons.GetValueOrDefault(ParkReason.Failed) == 23, BusHost.Bound, Cancel);
        Assert.InRange(_heard.Attempts.Count, 230, 253);
    }

    /// <summary>Brokers from 4.0 on throw away what was handed out 20 times; looking must not count.</summary>
    [Fact]
    public async Task Looking_HoweverOften_KeepsTheBrokersCountOfHandingsOutLow()
    {
        const string queue = "weir.looked.work_error";
        await using var client = await RawClient.ConnectAsync(scope.Broker);
        await client.Channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 20 }, cancellationToken: Cancel);
        await client.PutAsync(queue, "{}"u8.ToArray(), messageId: "m1");
        await using var parked = await OpenAsync();

        for (var look = 0; look < 45; look++)
            Assert.Equal("m1", Assert.Single(await parked.LookAsync(ErrorQueueName.Of(queue)!, id: null, most: 5, Cancel)).Id);
    }

    [Fact]
    public async Task Replay_WithoutRights_IsRefusedInWords_AndNothingIsLost()
    {
        const string queue = "weir.locked.work_error";
        await using var client = await RawClient.ConnectAsync(scope.Broker);
        await client.Channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancel);
        await client.Channel.QueueDeclareAsync("weir.locked.work", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancel);
        await client.PutAsync(queue, "{}"u8.ToArray());
        var reader = await scope.View.AddUserAsync("reader-" + MassTransit.NewId.NextGuid().ToString("N"), "^weir\\.locked\\..*$");
        await using var parked = await OpenAsync(reader);

        var refused = await Assert.ThrowsAsync<BrokerException>(() => parked.ReplayAsync(ErrorQueueName.Of(queue)!, id: null, Cancel));

        Assert.Equal(BrokerFault.Refused, refused.Fault);
        await Eventually.TrueAsync("it to be back", async _ => await client.Channel.MessageCountAsync(queue, Cancel) == 1, BusHost.Bound, Cancel);
    }

    [Theory]
    [InlineData("weir.x_error", "weir.x")]
    [InlineData("weir.x", null)]
    [InlineData("_error", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Name_OfAnErrorQueue_TellsWhereItsMessagesCameFrom(string? name, string? source) => Assert.Equal(source, ErrorQueueName.Of(name)?.Source);

    private static ReadOnlyMemory<byte> Envelope(int number) =>
        Encoding.UTF8.GetBytes($$$"""{"messageType":["urn:message:Weir.Bus.Tests.Bench:Work"],"message":{"number":{{{number}}}}}""");

    private async Task<BusHost> LedgerAsync()
    {
        var host = await BusHost.StartAsync(
            services =>
            {
                services.AddLogging().AddMetrics().AddSingleton(_heard);
                services.AddDbContext<Ledger>(db => db.UseNpgsql(scope.Database.ConnectionString));
                using (var made = services.BuildServiceProvider())
                using (var once = made.CreateScope())
                    once.ServiceProvider.GetRequiredService<Ledger>().Database.EnsureCreated();
                services.AddWeirBus("ledger", bus =>
                {
                    bus.AddEntityFrameworkOutbox<Ledger>(outbox => outbox.UsePostgres());
                    bus.AddConsumer<LedgerConsumer, LedgerDefinition>();
                });
            },
            scope.Broker);
        return host;
    }

    private Task<ParkedMessages> OpenAsync(BrokerAddress? broker = null)
    {
        var options = new WeirBusOptions { SendTimeout = Patience.Seconds(5) };
        BusHost.Point(options, broker ?? scope.Broker);
        return ParkedMessages.OpenAsync(options, TimeProvider.System, Cancel);
    }

    private static async Task SendAsync(BusHost host, int number) =>
        await (await host.Bus.GetSendEndpoint(new Uri("exchange:weir.ledger.work"))).Send(new Work(number), Cancel);

    private static Task<ParkedMessage> ParkedAsync(ParkedMessages parked, int count) => Eventually.GetAsync(
        $"{count} parked messages",
        async cancel => await parked.LookAsync(Failing, id: null, most: 10, cancel) is { } found && found.Count == count ? found[0] : null,
        BusHost.Bound, Cancel);

    private static Task LinesAsync(BusHost host, int number, int count) => Eventually.TrueAsync(
        $"{count} lines of {number}",
        async cancel =>
        {
            await using var reading = host.Of<IServiceScopeFactory>().CreateAsyncScope();
            return await reading.ServiceProvider.GetRequiredService<Ledger>().Lines.CountAsync(line => line.Number == number, cancel) == count;
        },
        BusHost.Bound, Cancel);
}
