using MassTransit;
using Weir.Bus.Endpoints;
using Weir.Bus.Names;
using Weir.Bus.Parking;
using Weir.Bus.Sending;
using Weir.Bus.Tests.Bench;
using Weir.Contracts.Leases;
using Weir.Contracts.Ownership;
using Weir.Contracts.Planning;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests;

/// <summary>A small fleet as a person sees it in RabbitMQ's management UI: nothing is without an owner's name (MANAGEMENT.md).</summary>
[Integration, Slow]
public sealed class ManagementViewTests(BrokerScope scope) : IClassFixture<BrokerScope>
{
    private const string Owner = @"^(registry(\+diagnostics)?|orchestrator|worker\.w[12])(\.beats?)?@[\w.-]+#\d+$";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunningFleet_InTheManagementView_LeavesNothingUnnamed()
    {
        var failing = new Heard<Work> { Then = _ => throw new InvalidOperationException("planted") };
        await using var registry = await RegistryAsync();
        await using var orchestrator = await BusHost.StartAsync(
            services => services.AddWeirBus("orchestrator", bus =>
            {
                bus.AddHearing(services, EndpointPolicy.Of("orchestrator", "answers", RetryLadder.None), failing);
                bus.AddHearing(services, EndpointPolicy.OwnOf("orchestrator", "wake", "p1").Hearing<PoolChanged>(), new Heard<PoolChanged>());
            }),
            scope.Broker);
        await using var one = await WorkerAsync("w1");
        await using var two = await WorkerAsync("w2");
        await one.Of<WorkerOut>().SayAsync(new WorkerBeat("w1", 7, 1, 0, 0, 0), Cancel);
        await orchestrator.Bus.Publish(new PoolChanged("p"), Cancel);
        await (await registry.Bus.GetSendEndpoint(new Uri("exchange:weir.orchestrator.answers"))).Send(new Work(1), Cancel);

        var connections = await Eventually.GetAsync(
            "seven connections to be shown", async _ => (await scope.View.ConnectionsAsync()) is { Count: 7 } all && all.All(each => each["user_provided_name"] is not null) ? all : null, BusHost.Bound, Cancel);
        var names = connections.ToDictionary(each => each["name"]!.ToString(), each => $"{each["user_provided_name"]}");
        Assert.All(names.Values, name => Assert.Matches(Owner, name));
        Assert.Equal(2, names.Values.Count(name => name.StartsWith("worker.w1", StringComparison.Ordinal)));

        var channels = await Eventually.GetAsync("channels to be shown", async _ => (await scope.View.ChannelsAsync()) is { Count: >= 7 } all ? all : null, BusHost.Bound, Cancel);
        Assert.All(channels, channel => Assert.Contains(channel["connection_details"]!["name"]!.ToString(), names.Keys));

        await ShowsQueuesAsync();
        Assert.All(
            (await scope.View.ExchangesAsync()).Select(each => each["name"]!.ToString()).Where(name => name.Length > 0 && !name.StartsWith("amq.", StringComparison.Ordinal)),
            name => Assert.Matches(@"^weir\.(events|faults|(registry|orchestrator|consistency)\.[\w.-]+|w\.w[12]\.(p[12](\.beat)?|out))$", name));
        var parked = await scope.View.ParkedAsync("weir.orchestrator.answers", 1);
        Assert.Equal(ParkReason.Failed, BrokerView.Header(parked[0], ParkReason.Header));
        Assert.Equal("planted", BrokerView.Header(parked[0], "MT-Fault-Message"));
    }

    private async Task ShowsQueuesAsync()
    {
        var queues = (await scope.View.QueuesAsync()).Select(each => each["name"]!.ToString()).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(
            ["weir.orchestrator.answers", "weir.orchestrator.answers_error", "weir.orchestrator.wake.p1", "weir.registry.beats", "weir.registry.beats_error",
                "weir.w.w1.p1", "weir.w.w1.p1.beat", "weir.w.w2.p1", "weir.w.w2.p1.beat"],
            queues);

        var consumers = await Eventually.GetAsync("a consumer on each queue", async _ => (await scope.View.ConsumersAsync()) is { Count: 7 } all ? all : null, BusHost.Bound, Cancel);
        Assert.All(consumers, consumer =>
        {
            var (queue, tag) = (consumer["queue"]!["name"]!.ToString(), consumer["consumer_tag"]!.ToString());
            Assert.Matches(Owner, tag);
            Assert.Contains(queue.Split('.')[1] == "w" ? $".{queue.Split('.')[2]}" : queue.Split('.')[1], tag, StringComparison.Ordinal);
        });
    }

    private Task<BusHost> RegistryAsync() => BusHost.StartAsync(
        services =>
        {
            services.AddWeirBus("registry", _ => { });
            services.AddWeirBus("diagnostics", _ => { });
            services.AddWeirBeatBus("registry", bus => bus.AddHearing(services, WeirEndpoints.Beats(TimeSpan.FromSeconds(8)), new Heard<WorkerBeat>()));
        },
        scope.Broker);

    private Task<BusHost> WorkerAsync(string id)
    {
        var worker = new WorkerIdentity(id, "p1");
        return BusHost.StartAsync(
            services =>
            {
                services.AddWeirWorkerBus(worker, bus => bus.AddHearing(services, EndpointPolicy.Commands(worker), new Heard<ReleaseStreams>()));
                services.AddWeirWorkerBeatBus(worker, bus => bus.AddHearing(services, EndpointPolicy.BeatAnswers(worker), new Heard<LeaseRenewed>()));
            },
            scope.Broker, options => options.BindOwnExchange = true);
    }
}
