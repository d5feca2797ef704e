using Weir.Bus.Endpoints;
using Weir.Bus.Names;
using Weir.Bus.Sending;
using Weir.Bus.Tests.Bench;
using Weir.Contracts.Leases;
using Weir.Contracts.Ownership;
using Weir.Contracts.Planning;
using Weir.Contracts.Registration;
using Weir.Testing.Traits;

namespace Weir.Bus.Tests;

/// <summary>Services and a worker in one process, without a broker: one setting differs, no code does.</summary>
[Unit]
public sealed class InMemoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServicesAndAWorker_InOneProcess_HearOneAnother()
    {
        var worker = new WorkerIdentity("w1", "p1");
        var (beats, work, commands) = (new Heard<WorkerBeat>(), new Heard<Work>(), new Heard<ReleaseStreams>());
        var (registered, answers) = (new Heard<RegisterWorker>(), new Heard<LeaseRenewed>());
        await using var host = await BusHost.StartAsync(
            services =>
            {
                services.AddWeirBus("registry", bus => bus.AddHearing(services, WeirEndpoints.Beats(TimeSpan.FromSeconds(8)), beats));
                services.AddWeirBus("orchestrator", bus => bus.AddHearing(services, EndpointPolicy.Of("orchestrator", "work", RetryLadder.None), work));
                services.AddWeirBeatBus("registry", bus => bus.AddHearing(services, WeirEndpoints.Register, registered));
                services.AddWeirWorkerBeatBus(worker, bus => bus.AddHearing(services, EndpointPolicy.BeatAnswers(worker), answers));
                services.AddWeirWorkerBus(worker, bus => bus.AddHearing(services, EndpointPolicy.Commands(worker), commands));
            },
            broker: null);

        await host.Of<WorkerOut>().SayAsync(new WorkerBeat("w1", 7, 1, 0, 0, 0), Cancel);
        var taken = await host.Of<WorkerCommands>().SendAsync(worker.Queue, new ReleaseStreams("w1", 7, []), Cancel);
        await (await host.Bus.GetSendEndpoint(new Uri("exchange:weir.orchestrator.work"))).Send(new Work(1), Cancel);
        await host.Bus.Publish(new PoolChanged("p"), Cancel);
        await new WorkerCommands(host.Of<IBeatBus>(), host.Of<WorkerRoute>()).SendLapsingAsync(worker.BeatQueue, new LeaseRenewed("w1", 7, 1, 2000), TimeSpan.FromSeconds(8), Cancel);

        Assert.True(taken);
        Assert.Equal(7, (await answers.FirstAsync(_ => true)).Incarnation);
        Assert.Equal(7, (await beats.FirstAsync(_ => true)).Incarnation);
        Assert.Equal("w1", (await commands.FirstAsync(_ => true)).WorkerId);
        Assert.Equal(1, (await work.FirstAsync(_ => true)).Number);
    }

    // Several workers of one process connect their queues to both connections at the same time.
    [Fact]
    public async Task Endpoints_AddedAtTheSameTime_AreAllThere()
    {
        const int Together = 8;
        await using var host = await BusHost.StartAsync(
            services =>
            {
                services.AddWeirBus("test", _ => { });
                services.AddWeirBeatBus("test", _ => { });
            },
            broker: null);
        using var start = new Barrier(Together);

        await Task.WhenAll(Enumerable.Range(0, Together).Select(of => Task.Factory.StartNew(
            () =>
            {
                for (var process = 0; process < 40; process++)
                {
                    start.SignalAndWait(BusHost.Bound, Cancel);
                    (of % 2 == 0 ? host.Bus : host.Of<IBeatBus>()).ConnectWeirEndpoint(
                        EndpointPolicy.Commands(new WorkerIdentity($"w{of}", $"p{process}")), host.Of<IServiceProvider>(), _ => { });
                }
            },
            Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }
}
