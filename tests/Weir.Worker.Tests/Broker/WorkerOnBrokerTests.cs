using Weir.Contracts.Holdings;
using Weir.Contracts.Leases;
using Weir.Contracts.Ownership;
using Weir.Contracts.Registration;
using Weir.Testing.Network;
using Weir.Testing.Traits;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Broker;

/// <summary>The SDK on a real broker, with a script in the services' place.</summary>
[Integration]
[Slow]
public sealed class WorkerOnBrokerTests(BrokerStage stage) : IClassFixture<BrokerStage>
{
    private readonly Probe _probe = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Seed("beat.successful-heartbeat-communication")]
    public async Task Worker_FromRegistrationToItsLastWord()
    {
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        var host = await stage.StartWorkerAsync("w1", _probe, OnBroker, Cancel);
        await plane.BecomesAsync("w1 to register", () => plane.Lives.ContainsKey("w1"), Cancel);
        var streams = Enumerable.Range(1, 450).Select(i => $"s{i}").ToArray();
        await plane.GrantAsync("w1", Cancel, streams: streams);
        await plane.BecomesAsync("a beat that counts them", () => plane.All<WorkerBeat>().Any(beat => beat.Running == 450), Cancel);

        await plane.SendAsync("w1", new CommandMark("w1", plane.Lives["w1"].Incarnation, 7), Cancel);
        await plane.SendAsync("w1", new ReportHoldings("w1", plane.Lives["w1"].Incarnation, 5), Cancel);
        await plane.BecomesAsync("three parts of holdings", () => plane.All<HoldingsReported>().Sum(part => part.Holdings.Count) == 450, Cancel);
        await plane.BecomesAsync("a beat with the mark", () => plane.All<WorkerBeat>().Any(beat => beat.MarkRead == 7), Cancel);
        await BrokerStage.StopAsync(host);

        // The last word and those of the streams go to two queues.
        await plane.BecomesAsync("its last word", () => plane.All<WorkerStopped>().Any(said => said.WorkerId == "w1"), Cancel);
        await plane.BecomesAsync("all its streams to be released", () => plane.Running.IsEmpty, Cancel);
        Assert.Equal(450, _probe.Ended.Count(each => each.Value == StopReason.Drained));
        Assert.Single(plane.All<WorkerStopped>(), said => said.WorkerId == "w1");
        Assert.InRange(plane.All<StreamsStarted>().Count, 3, 449);
    }

    [Fact]
    public async Task CommandsUnread_MakesTheQueueAnew_AndCommandsAreReadAgain()
    {
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        var host = await stage.StartWorkerAsync("w2", _probe, OnBroker, Cancel);
        await plane.BecomesAsync("w2 to register", () => plane.Lives.ContainsKey("w2"), Cancel);
        var first = plane.Lives["w2"].Incarnation;

        plane.Refuses = beat => beat.Incarnation == first ? LeaseRefusal.CommandsUnread : null;
        await plane.BecomesAsync("w2 to register anew", () => plane.Lives["w2"].Incarnation > first, Cancel);
        await plane.GrantAsync("w2", Cancel, streams: "s1");

        await plane.BecomesAsync("s1 to start", () => _probe.Started.SequenceEqual(["s1"]), Cancel);
        await BrokerStage.StopAsync(host);
    }

    [Fact]
    public async Task AskedInVain_MakesBothQueuesAnew_AndBothAreReadAgain()
    {
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        plane.LetsIn = asked => asked.WorkerId != "w9" || asked.Attempt > 2;
        var host = await stage.StartWorkerAsync("w9", _probe, OnBroker, Cancel);
        await plane.BecomesAsync("w9 to be let in after two attempts in vain", () => plane.Lives.ContainsKey("w9"), Cancel);
        await plane.GrantAsync("w9", Cancel, streams: "s1");
        var life = plane.Lives["w9"].Incarnation;
        // A lease lasts four beats: the sixth of a life was sent by a worker that heard the answers to those before.
        await plane.BecomesAsync("w9 to live longer than a lease", () => plane.All<WorkerBeat>().Any(beat => beat.Incarnation == life && beat.Sequence > 5), Cancel);

        await plane.BecomesAsync("s1 to start", () => _probe.Started.SequenceEqual(["s1"]), Cancel);
        Assert.Equal(life, plane.Lives["w9"].Incarnation);
        await BrokerStage.StopAsync(host);
    }

    [Fact]
    public async Task NextProcess_VouchesForTheOneBeforeIt_ASecondAtTheSameTimeDoesNot()
    {
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        var first = await stage.StartWorkerAsync("w3", _probe, OnBroker, Cancel);
        await plane.BecomesAsync("w3 to register", () => plane.Lives.ContainsKey("w3"), Cancel);
        var process = plane.Lives["w3"].Process;

        var second = await stage.StartWorkerAsync("w3", new Probe(), OnBroker, Cancel);
        await plane.BecomesAsync("the second to register", () => plane.Lives["w3"].Process != process, Cancel);
        await BrokerStage.StopAsync(second);
        await BrokerStage.StopAsync(first);
        var third = await stage.StartWorkerAsync("w3", new Probe(), OnBroker, Cancel);
        await plane.BecomesAsync("the third to register", () => plane.All<RegisterWorker>().Where(each => each.WorkerId == "w3").DistinctBy(each => each.ProcessId).Count() == 3, Cancel);

        var predecessors = plane.All<RegisterWorker>().Where(each => each.WorkerId == "w3").DistinctBy(each => each.ProcessId).Select(each => each.Predecessor);
        Assert.Equal([null, null, process], predecessors);
        await BrokerStage.StopAsync(third);
    }

    [Fact]
    [Seed("failure.partial-network-failures")]
    public async Task Worker_CutOffAndBack_StopsInTime_AndComesBackInANewLife()
    {
        await using var proxy = TcpProxy.To(stage.Broker.Amqp.Port);
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        var host = await stage.StartWorkerAsync("w4", _probe, made => made.UseRabbitMq(stage.Broker.Through(proxy.Port).Amqp.ToString()), Cancel);
        await plane.BecomesAsync("w4 to register", () => plane.Lives.ContainsKey("w4"), Cancel);
        await plane.GrantAsync("w4", Cancel, streams: "s1");
        var first = plane.Lives["w4"].Incarnation;
        var before = Attempts();

        proxy.Cut();
        await plane.BecomesAsync("the stream to be stopped", () => _probe.Ended.ContainsKey("s1"), Cancel);
        proxy.Heal();
        await plane.BecomesAsync(
            "w4 to beat in a new life", () => plane.Lives["w4"].Incarnation > first && plane.All<WorkerBeat>().Any(beat => beat.Incarnation == plane.Lives["w4"].Incarnation), Cancel);
        await plane.GrantAsync("w4", Cancel, streams: "s2");

        Assert.Equal(StopReason.LeaseLost, _probe.Ended["s1"]);
        // What was asked before the broker was back would have come in with it, and given a life more.
        Assert.Equal(before + 1, Attempts());
        await BrokerStage.StopAsync(host);

        int Attempts() => plane.All<RegisterWorker>().Where(asked => asked.WorkerId == "w4").Select(asked => asked.Attempt).Distinct().Count();
    }

    [Fact]
    [Slow]
    [Seed("failure.orchestrator-unavailability")]
    public async Task ServicesGone_LongerThanALease_LocalModeGoesOn_AndIsReportedWhenTheyAreBack()
    {
        var first = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        var host = await stage.StartWorkerAsync("w7", _probe, OnBroker, Cancel);
        await first.BecomesAsync("w7 to register", () => first.Lives.ContainsKey("w7"), Cancel);
        await first.GrantAsync("w7", Cancel, streams: "stops");
        await first.SendAsync("w7", new StartStreams("w7", first.Lives["w7"].Incarnation, [new StreamGrant("stays", 90_000, "k", StreamClass.Unfenced, 120_000)]), Cancel);
        await first.BecomesAsync("it to run", () => first.Running.ContainsKey("stays"), Cancel);

        await first.DisposeAsync();
        await first.BecomesAsync("the stream without local mode to be stopped", () => _probe.Ended.ContainsKey("stops"), Cancel);
        await using var second = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        await second.BecomesAsync("w7 to list what it holds", () => second.All<RegisterWorker>().Any(asked => asked.WorkerId == "w7" && asked.Attempt > 1), Cancel);

        var holdings = second.All<RegisterWorker>().Last(asked => asked.WorkerId == "w7" && asked.Attempt > 1).Holdings;
        var held = Assert.Single(holdings, one => one.StreamId == "stays");
        Assert.Equal((90_000L, false), (held.Epoch, held.Stopping));
        // What asks at once may ask before the end of the other is written down.
        Assert.All(holdings, one => Assert.True(one.StreamId == "stays" || one.Stopping, $"{one}"));
        Assert.Equal(StopReason.LeaseLost, _probe.Ended["stops"]);
        Assert.DoesNotContain("stays", _probe.Ended.Keys);
        await BrokerStage.StopAsync(host);
    }

    [Fact]
    public async Task Command_SentWithinASpan_LeadsTheTraceToTheHandlersStart()
    {
        using var traced = new Traced("Weir", "MassTransit", "test");
        using var source = new System.Diagnostics.ActivitySource("test");
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        var host = await stage.StartWorkerAsync("w5", _probe, OnBroker, Cancel);
        await plane.BecomesAsync("w5 to register", () => plane.Lives.ContainsKey("w5"), Cancel);

        System.Diagnostics.ActivityTraceId plan;
        using (var span = source.StartActivity("plan")!)
        {
            plan = span.TraceId;
            await plane.GrantAsync("w5", Cancel, streams: "s1");
        }

        await plane.BecomesAsync("the start's span", () => traced.Starts("w5").Count == 1, Cancel);
        Assert.Equal(plan, traced.Starts("w5")[0].TraceId);
        await BrokerStage.StopAsync(host);
    }

    [Fact]
    public async Task Worker_OverTls_ByTheAuthoritysFile()
    {
        using var authority = new TestAuthority("weir test authority");
        await using var front = TlsFront.Before(stage.Broker.Amqp.Port, authority.Issue("localhost"));
        var file = Path.Combine(stage.Folder, "ca.pem");
        authority.Write(file);
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        var address = new UriBuilder(stage.Broker.Through(front.Port).Amqp) { Scheme = "amqps", Query = $"cacertfile={Uri.EscapeDataString(file)}" }.Uri.AbsoluteUri;

        var host = await stage.StartWorkerAsync("w6", _probe, made => made.UseRabbitMq(address), Cancel);
        await plane.BecomesAsync("w6 to register", () => plane.Lives.ContainsKey("w6"), Cancel);
        await plane.GrantAsync("w6", Cancel, streams: "s1");

        await plane.BecomesAsync("s1 to start", () => _probe.Started.SequenceEqual(["s1"]), Cancel);
        await BrokerStage.StopAsync(host);
    }

    private void OnBroker(IWeirWorkerBuilder made) => made.UseRabbitMq(stage.Broker.Amqp.ToString());
}
