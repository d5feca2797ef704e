using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Weir.Bus.Endpoints;
using Weir.Bus.Tests.Bench;
using Weir.Testing.Network;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests;

/// <summary>
/// Consumers and publishers are back within 2 s after the broker's port opens again; health is red until then. A busy machine may take
/// longer once, but never as long as a pause that grows from try to try.
/// </summary>
[Chaos, Slow]
public sealed class ReconnectTests(BrokerScope scope) : IClassFixture<BrokerScope>
{
    private static readonly TimeSpan BackUsual = Patience.Seconds(2);
    private static readonly TimeSpan BackMax = Patience.Seconds(8);

    private int _number;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Seed("failure.recovery-detection")]
    public async Task TenOutagesInOneLife_OneOf20Seconds_AreOverWithin2Seconds()
    {
        await using var proxy = TcpProxy.To(scope.Broker.Amqp.Port);
        var heard = new Heard<Work>();
        await using var host = await BusHost.StartAsync(Hearing.Service("outage", Policy("outage"), heard), scope.Broker.Through(proxy.Port));

        var back = new List<TimeSpan>();
        for (var outage = 1; outage <= 10; outage++)
        {
            proxy.Cut();
            await host.BecomesAsync(HealthStatus.Unhealthy, BusHost.Bound);
            if (outage == 5)
                await LastsAsync(TimeSpan.FromSeconds(20));
            Assert.Equal(HealthStatus.Unhealthy, await host.HealthAsync());
            back.Add(await ShowsBackAsync(host, heard, scope.Broker, "weir.outage.work", $"outage {outage}", () =>
            {
                proxy.Heal();
                return Task.CompletedTask;
            }));
        }

        Assert.InRange(back.Order().ElementAt(back.Count / 2), TimeSpan.Zero, BackUsual);
    }

    [Fact]
    public async Task ConnectionClosedByAnOperator_IsSoonBack()
    {
        var heard = new Heard<Work>();
        await using var host = await BusHost.StartAsync(Hearing.Service("closed", Policy("closed"), heard), scope.Broker);

        for (var close = 1; close <= 3; close++)
        {
            await Eventually.TrueAsync("the connection to be shown", async _ => await Mine() > 0, BusHost.Bound, Cancel);
            await ShowsBackAsync(host, heard, scope.Broker, "weir.closed.work", $"close {close}", scope.View.CloseConnectionsAsync);
        }

        async Task<int> Mine() => (await scope.View.ConnectionsAsync()).Count(each => $"{each["user_provided_name"]}".StartsWith("closed@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BrokerKilledAndStartedAgain_IsSoonBack()
    {
        await using var broker = await TestServers.OwnBrokerAsync(Cancel);
        var heard = new Heard<Work>();
        await using var host = await BusHost.StartAsync(Hearing.Service("killed", Policy("killed"), heard), broker.Address);

        await broker.KillAsync(Cancel);
        await host.BecomesAsync(HealthStatus.Unhealthy, BusHost.Bound);

        await ShowsBackAsync(host, heard, broker.Address, "weir.killed.work", "kill -9 and start", () => broker.RestartAsync(Cancel));
    }

    /// <summary>A frozen broker keeps its sockets and its port: only the AMQP heartbeat and the probe's missing answer tell.</summary>
    [Fact]
    public async Task BrokerThatHangs_TurnsHealthRed_AndIsSoonBack()
    {
        await using var proxy = TcpProxy.To(scope.Broker.Amqp.Port);
        var heard = new Heard<Work>();
        await using var host = await BusHost.StartAsync(
            Hearing.Service("hung", Policy("hung"), heard), scope.Broker.Through(proxy.Port), options => options.Heartbeat = TimeSpan.FromSeconds(1));

        proxy.Hang();
        var since = Stopwatch.GetTimestamp();
        await host.BecomesAsync(HealthStatus.Unhealthy, BusHost.Bound);
        TestContext.Current.TestOutputHelper?.WriteLine($"a hung broker, heartbeat 1 s: red after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s");

        await ShowsBackAsync(host, heard, scope.Broker, "weir.hung.work", "a hung broker goes on", () =>
        {
            proxy.Heal();
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task ProcessThatOnlySends_IsRedWhileTheBrokerIsAway()
    {
        await using var proxy = TcpProxy.To(scope.Broker.Amqp.Port);
        await using var host = await BusHost.StartAsync(services => services.AddWeirBus("sender", _ => { }), scope.Broker.Through(proxy.Port));

        proxy.Cut();
        await host.BecomesAsync(HealthStatus.Unhealthy, BusHost.Bound);
        proxy.Heal();

        await host.BecomesAsync(HealthStatus.Healthy, BusHost.Bound);
    }

    [Fact]
    [Seed("error.network.dns-resolution-failures")]
    [Seed("error.network.partial-connectivity")]
    public async Task NodeWhoseNameNobodyResolves_IsPassedOver_AndAloneItIsSaid()
    {
        // A label of 64 letters is longer than any: the look-up fails without leaving this machine.
        var nobody = new string('n', 64) + ".weir";
        var heard = new Heard<Work>();
        await using var host = await BusHost.StartAsync(
            Hearing.Service("named", Policy("named"), heard), scope.Broker, options => options.Hosts = [nobody, options.Hosts[0]]);
        await SentAsync(host, "weir.named.work", 1, Stopwatch.GetTimestamp());
        await heard.FirstAsync(work => work.Number == 1);

        var alone = new WeirBusOptions();
        BusHost.Point(alone, scope.Broker);
        alone.Hosts = [nobody];
        var unreachable = await Assert.ThrowsAsync<BrokerException>(() => Parked.ParkedMessages.OpenAsync(alone, TimeProvider.System, Cancel));
        Assert.Equal(BrokerFault.Unreachable, unreachable.Fault);
        Assert.Contains(nobody, unreachable.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Seed("error.network.connection-refused")]
    public async Task BrokerAbsentAtTheStart_IsJoinedWhenItComes()
    {
        await using var proxy = TcpProxy.To(scope.Broker.Amqp.Port);
        var heard = new Heard<Work>();
        proxy.Cut();
        var starting = BusHost.StartAsync(Hearing.Service("early", Policy("early"), heard), scope.Broker.Through(proxy.Port));
        await LastsAsync(TimeSpan.FromSeconds(2));
        Assert.False(starting.IsCompleted);

        proxy.Heal();
        var since = Stopwatch.GetTimestamp();
        await using var host = await starting;

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, BackMax);
    }

    private static EndpointPolicy Policy(string service) => EndpointPolicy.Of(service, "work", RetryLadder.None);

    // An outage has to last: nothing announces that a time is over.
    private static Task LastsAsync(TimeSpan time)
    {
        var clock = TimeProvider.System;
        return Task.Delay(time, clock, Cancel);
    }

    /// <summary>Ends the outage, then times a message from elsewhere to the consumer, and a send of the process's own.</summary>
    /// <returns>How long the slower of the two took.</returns>
    private async Task<TimeSpan> ShowsBackAsync(BusHost host, Heard<Work> heard, BrokerAddress direct, string queue, string what, Func<Task> end)
    {
        await end();
        var since = Stopwatch.GetTimestamp();
        var (fromElsewhere, own) = (Interlocked.Increment(ref _number), Interlocked.Increment(ref _number));
        var consumed = ConsumedAsync(heard, direct, queue, fromElsewhere, since);
        var sent = SentAsync(host, queue, own, since);

        var (consumedAfter, sentAfter) = (await consumed, await sent);
        await host.BecomesAsync(HealthStatus.Healthy, BusHost.Bound);

        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: consuming after {consumedAfter.TotalMilliseconds:0} ms, sending after {sentAfter.TotalMilliseconds:0} ms");
        Assert.True(consumedAfter <= BackMax, $"{what}: consuming only after {consumedAfter.TotalSeconds:0.00} s");
        Assert.True(sentAfter <= BackMax, $"{what}: sending only after {sentAfter.TotalSeconds:0.00} s");
        return consumedAfter > sentAfter ? consumedAfter : sentAfter;
    }

    private static async Task<TimeSpan> ConsumedAsync(Heard<Work> heard, BrokerAddress direct, string queue, int number, long since)
    {
        await using var client = await RawClient.ConnectAsync(direct);
        var envelope = $$$"""{"messageType":["urn:message:Weir.Bus.Tests.Bench:Work"],"message":{"number":{{{number}}}}}""";
        await client.PutAsync(queue, System.Text.Encoding.UTF8.GetBytes(envelope), "application/vnd.masstransit+json");
        await heard.FirstAsync(work => work.Number == number);
        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task<TimeSpan> SentAsync(BusHost host, string queue, int number, long since)
    {
        var endpoint = await host.Bus.GetSendEndpoint(new Uri($"exchange:{queue}"));
        await endpoint.Send(new Work(number), Cancel);
        return Stopwatch.GetElapsedTime(since);
    }
}
