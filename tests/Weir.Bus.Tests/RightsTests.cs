using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Weir.Bus.Endpoints;
using Weir.Bus.Names;
using Weir.Bus.Sending;
using Weir.Bus.Tests.Bench;
using Weir.Contracts.Leases;
using Weir.Contracts.Ownership;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests;

/// <summary>A worker whose broker account has rights on its own prefix only: what it needs works, what it must not do fails soon.</summary>
[Integration, Slow]
public sealed class RightsTests(BrokerScope scope) : IClassFixture<BrokerScope>, IAsyncLifetime
{
    private static readonly TimeSpan RefusedMax = Patience.Seconds(5);

    private readonly WorkerIdentity _worker = new("w1", "p1");
    private readonly Heard<WorkerBeat> _beats = new();
    private BrokerAddress _account = null!;
    private BusHost _registry = null!;
    private RawClient _operator = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _account = await scope.View.AddUserAsync("w1", BrokerNames.WorkerRights("w1"));
        _registry = await BusHost.StartAsync(
            services => services.AddWeirBus("registry", bus =>
            {
                bus.AddHearing(services, WeirEndpoints.Beats(TimeSpan.FromSeconds(8)), _beats);
                bus.AddHearing(services, WeirEndpoints.Register, new Heard<Weir.Contracts.Registration.RegisterWorker>());
            }),
            scope.Broker);
        _operator = await RawClient.ConnectAsync(scope.Broker);
        var channel = _operator.Channel;
        await channel.ExchangeDeclareAsync(BrokerNames.Events, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: Cancel);
        await channel.QueueDeclareAsync("weir.w.w2.p", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancel);
        // What enrolment does.
        await channel.ExchangeDeclareAsync(BrokerNames.WorkerOut("w1"), ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: Cancel);
        await channel.ExchangeBindAsync("weir.registry.beats", BrokerNames.WorkerOut("w1"), "beats", cancellationToken: Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _operator.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task Worker_WithRightsOnItsPrefixOnly_DoesAllItNeeds()
    {
        var (commands, answers) = (new Heard<ReleaseStreams>(), new Heard<LeaseRenewed>());
        commands.Then = command => command.Message.Incarnation == 1 ? throw new InvalidOperationException("planted") : Task.CompletedTask;
        await using var worker = await BusHost.StartAsync(
            services =>
            {
                services.AddWeirWorkerBus(_worker, bus => bus.AddHearing(services, EndpointPolicy.Commands(_worker), commands));
                services.AddWeirWorkerBeatBus(_worker, bus => bus.AddHearing(services, EndpointPolicy.BeatAnswers(_worker), answers));
            },
            _account);
        var sender = _registry.Of<WorkerCommands>();

        await worker.Of<WorkerOut>().SayAsync(new WorkerBeat("w1", 7, 1, 0, 0, 0), Cancel);
        await sender.SendAsync(_worker.Queue, new ReleaseStreams("w1", 1, []), Cancel);
        await sender.SendAsync(_worker.Queue, new Work(1), Cancel);
        await sender.SendAsync(_worker.Queue, new ReleaseStreams("w1", 2, []), Cancel);
        await sender.SendLapsingAsync(_worker.BeatQueue, new LeaseRenewed("w1", 7, 1, 2000), TimeSpan.FromSeconds(8), Cancel);

        await _beats.FirstAsync(beat => beat.WorkerId == "w1");
        await commands.FirstAsync(command => command.Incarnation == 2);
        await answers.FirstAsync(answer => answer.Sequence == 1);
        Assert.Equal(1, commands.Messages.Count(command => command.Incarnation == 1));
        Assert.DoesNotContain(await scope.View.QueuesAsync(), queue => queue["name"]!.ToString().StartsWith("weir.w.w1.p1_", StringComparison.Ordinal));
    }

    public static TheoryData<string> Forbidden => [.. Deeds.Keys];

    private static readonly Dictionary<string, Func<IChannel, Task>> Deeds = new()
    {
        ["publish to a service's exchange"] = channel => PublishAsync(channel, "weir.registry.beats", ""),
        ["publish to a service's queue through the default exchange"] = channel => PublishAsync(channel, "", "weir.registry.beats"),
        ["publish a fact"] = channel => PublishAsync(channel, BrokerNames.Events, "WorkerLost.default"),
        ["command another worker"] = channel => PublishAsync(channel, "", "weir.w.w2.p"),
        ["publish under another's name"] = channel => PublishAsync(channel, BrokerNames.WorkerOut("w1"), "beats", userId: "w2"),
        ["read a service's queue"] = channel => channel.BasicConsumeAsync("weir.registry.register", autoAck: true, new AsyncEventingBasicConsumerOf(channel), Cancel),
        ["read another worker's queue"] = channel => channel.BasicGetAsync("weir.w.w2.p", autoAck: true, Cancel),
        ["make a queue in another worker's name"] = channel => channel.QueueDeclareAsync("weir.w.w2.x", durable: false, exclusive: true, autoDelete: true, cancellationToken: Cancel),
        ["make an exchange in a service's name"] = channel => channel.ExchangeDeclareAsync("weir.registry.fake", ExchangeType.Fanout, cancellationToken: Cancel),
        ["delete the exchange of facts"] = channel => channel.ExchangeDeleteAsync(BrokerNames.Events, cancellationToken: Cancel),
        ["delete a service's queue"] = channel => channel.QueueDeleteAsync("weir.registry.register", ifUnused: false, ifEmpty: false, cancellationToken: Cancel),
        ["empty a service's queue"] = channel => channel.QueuePurgeAsync("weir.registry.register", Cancel),
        ["bind its exchange to another door"] = channel => channel.ExchangeBindAsync("weir.registry.register", BrokerNames.WorkerOut("w1"), "register", cancellationToken: Cancel),
        ["hear the facts"] = HearFactsAsync,
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Worker_DoingWhatItMustNot_IsRefusedWithin5Seconds(string deed)
    {
        await using var client = await RawClient.ConnectAsync(_account);
        var since = Stopwatch.GetTimestamp();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Deeds[deed](client.Channel).WaitAsync(RefusedMax, Cancel));

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, RefusedMax);
        var reason = client.Channel.CloseReason ?? (refused as OperationInterruptedException)?.ShutdownReason;
        Assert.True(reason?.ReplyCode is 403 or 406, $"'{deed}' ended by {refused.GetType().Name} with {reason?.ReplyCode} {reason?.ReplyText}");
    }

    [Fact]
    public async Task WorkerBus_AskedToSendElsewhere_RefusesAtOnce()
    {
        await using var worker = await BusHost.StartAsync(
            services => services.AddWeirWorkerBus(_worker, bus => bus.AddHearing(services, EndpointPolicy.Commands(_worker), new Heard<ReleaseStreams>())), _account);

        await Assert.ThrowsAsync<AddressRefusedException>(() => worker.Bus.Publish(new Weir.Contracts.Planning.PoolChanged("p"), Cancel));
        foreach (var address in (string[])["exchange:weir.registry.beats", "exchange:weir.w.w2.p?temporary=true", "exchange:amq.rabbitmq.reply-to"])
            await Assert.ThrowsAsync<AddressRefusedException>(async () => await (await worker.Bus.GetSendEndpoint(new Uri(address))).Send(new Work(1), Cancel));
    }

    /// <summary>Were the worker's own bus not to refuse, the broker would, and the transport would try again until the time-out.</summary>
    [Fact]
    public async Task UnguardedBus_WithAWorkersAccount_FailsWithin5Seconds()
    {
        await using var bus = await BusHost.StartAsync(services => services.AddWeirBus("rogue", _ => { }), _account, options => options.SendTimeout = TimeSpan.FromSeconds(1));
        var since = Stopwatch.GetTimestamp();

        var endpoint = await bus.Bus.GetSendEndpoint(new Uri("exchange:weir.registry.beats"));
        await Assert.ThrowsAsync<SendTimedOutException>(() => endpoint.Send(new Work(1), Cancel));

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, RefusedMax);
    }

    private static async Task PublishAsync(IChannel channel, string exchange, string routingKey, string? userId = null)
    {
        var properties = new BasicProperties();
        if (userId is not null)
            properties.UserId = userId;
        await channel.BasicPublishAsync(exchange, routingKey, mandatory: true, properties, "{}"u8.ToArray(), Cancel);
    }

    private static async Task HearFactsAsync(IChannel channel)
    {
        await channel.QueueDeclareAsync("weir.w.w1.ear", durable: false, exclusive: true, autoDelete: true, cancellationToken: Cancel);
        await channel.QueueBindAsync("weir.w.w1.ear", BrokerNames.Events, "#", cancellationToken: Cancel);
    }

    private sealed class AsyncEventingBasicConsumerOf(IChannel channel) : AsyncDefaultBasicConsumer(channel);
}
