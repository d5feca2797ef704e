using System.Diagnostics;
using MassTransit;
using Weir.Bus.Endpoints;
using Weir.Bus.Names;
using Weir.Bus.Sending;
using Weir.Bus.Tests.Bench;
using Weir.Contracts.Ownership;
using Weir.Testing.Network;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests;

/// <summary>No send waits for ever, none goes where it must not, and a command knows when its worker is gone.</summary>
[Integration, Slow]
public sealed class SendTests(BrokerScope scope) : IClassFixture<BrokerScope>
{
    private static readonly ReleaseStreams Command = new("w1", 7, [new StreamEpoch("s", 5)]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Seed("error.network.timeout-errors")]
    public async Task SendAndPublish_WhenTheBrokerDoesNotAnswer_EndInTime()
    {
        await using var proxy = TcpProxy.To(scope.Broker.Amqp.Port);
        await using var host = await BusHost.StartAsync(
            Hearing.Service("hung", EndpointPolicy.Of("hung", "work", RetryLadder.None), new Heard<Work>()),
            scope.Broker.Through(proxy.Port), options => options.SendTimeout = TimeSpan.FromSeconds(1));
        var warm = await host.Bus.GetSendEndpoint(new Uri("exchange:weir.hung.work"));
        await warm.Send(new Work(1), Cancel);
        var cold = await host.Bus.GetSendEndpoint(new Uri("exchange:weir.hung.other"));

        proxy.Hang();

        await EndsInTimeAsync(() => warm.Send(new Work(2), Cancel));
        await EndsInTimeAsync(() => cold.Send(new Work(3), Cancel));
        await EndsInTimeAsync(() => host.Bus.Publish(new Weir.Contracts.Planning.PoolChanged("p"), Cancel));
        proxy.Heal();
    }

    [Fact]
    public async Task Send_WhenTheCallerGivesUp_EndsAsTheCallersOwn()
    {
        await using var proxy = TcpProxy.To(scope.Broker.Amqp.Port);
        await using var host = await BusHost.StartAsync(
            Hearing.Service("giveup", EndpointPolicy.Of("giveup", "work", RetryLadder.None), new Heard<Work>()), scope.Broker.Through(proxy.Port));
        var endpoint = await host.Bus.GetSendEndpoint(new Uri("exchange:weir.giveup.work"));
        await endpoint.Send(new Work(1), Cancel);
        using var caller = Patience.Limit(TimeSpan.FromMilliseconds(300), Cancel);

        proxy.Hang();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endpoint.Send(new Work(2), caller.Token));
        proxy.Heal();
    }

    [Fact]
    public async Task QueueAddress_IsRefused()
    {
        await using var host = await BusHost.StartAsync(Hearing.Service("addr", EndpointPolicy.Of("addr", "work", RetryLadder.None), new Heard<Work>()), scope.Broker);

        var refused = await Assert.ThrowsAsync<AddressRefusedException>(async () =>
            await (await host.Bus.GetSendEndpoint(new Uri("queue:weir.addr.work"))).Send(new Work(1), Cancel));

        Assert.Contains("exchange:weir.addr.work", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_Published_IsRefused()
    {
        await using var host = await BusHost.StartAsync(Hearing.Service("pub", EndpointPolicy.Of("pub", "work", RetryLadder.None), new Heard<Work>()), scope.Broker);

        await Assert.ThrowsAsync<AddressRefusedException>(() => host.Bus.Publish(Command, Cancel));
    }

    [Fact]
    public async Task Command_ToAWorker_ArrivesAndSaysSoWhenTheWorkerIsGone()
    {
        var worker = new WorkerIdentity("w1", "p1");
        var heard = new Heard<ReleaseStreams>();
        await using var service = await BusHost.StartAsync(Hearing.Service("orchestrator", EndpointPolicy.Of("orchestrator", "answers", RetryLadder.None), new Heard<Work>()), scope.Broker);
        var commands = service.Of<WorkerCommands>();

        bool alive;
        await using (await WorkerAsync(worker, heard))
        {
            alive = await commands.SendAsync(worker.Queue, Command, Cancel);
            await heard.FirstAsync(_ => true);
        }

        var exchanges = (await scope.View.ExchangesAsync()).Count;
        var since = Stopwatch.GetTimestamp();
        var gone = await commands.SendAsync(worker.Queue, Command, Cancel);
        var took = Stopwatch.GetElapsedTime(since);

        Assert.True(alive);
        Assert.False(gone);
        Assert.InRange(took, TimeSpan.Zero, new WeirBusOptions().SendTimeout);
        Assert.Equal(exchanges, (await scope.View.ExchangesAsync()).Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"a command to a worker that is gone came back in {took.TotalMilliseconds:0.0} ms");
    }

    /// <summary>As the outbox's delivery sends: by address and routing key alone, with no mark and no receipt.</summary>
    [Fact]
    public async Task Command_FromAStoredRow_ToAWorkerThatIsGone_IsDone()
    {
        await using var service = await BusHost.StartAsync(Hearing.Service("rows", EndpointPolicy.Of("rows", "answers", RetryLadder.None), new Heard<Work>()), scope.Broker);
        var route = service.Of<WorkerRoute>();
        var endpoint = await service.Bus.GetSendEndpoint(route.Address("weir.w.nobody.1"));

        await endpoint.Send(Command, context => route.Mark(context, "weir.w.nobody.1"), Cancel);
    }

    [Fact]
    public async Task LapsingAnswer_ArrivesUnconfirmed_AndToNobodyIsNoError()
    {
        var worker = new WorkerIdentity("w2", "p1");
        var heard = new Heard<ReleaseStreams>();
        await using var service = await BusHost.StartAsync(Hearing.Service("lapse", EndpointPolicy.Of("lapse", "answers", RetryLadder.None), new Heard<Work>()), scope.Broker);
        await using var running = await WorkerAsync(worker, heard);
        var commands = service.Of<WorkerCommands>();

        await commands.SendLapsingAsync(worker.Queue, Command, TimeSpan.FromSeconds(5), Cancel);
        await commands.SendLapsingAsync("weir.w.nobody.1", Command, TimeSpan.FromSeconds(5), Cancel);

        Assert.Equal("w1", (await heard.FirstAsync(_ => true)).WorkerId);
    }

    private static async Task EndsInTimeAsync(Func<Task> send)
    {
        var since = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<SendTimedOutException>(send);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(0.5), Patience.Seconds(8));
    }

    private Task<BusHost> WorkerAsync(WorkerIdentity worker, Heard<ReleaseStreams> heard) => BusHost.StartAsync(
        services => services.AddWeirWorkerBus(worker, bus => bus.AddHearing(services, EndpointPolicy.Commands(worker), heard)),
        scope.Broker, options => options.BindOwnExchange = true);
}
