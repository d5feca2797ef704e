using Weir.Testing.Traits;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Broker;

/// <summary>Services and several workers in one process, each worker in a host of its own, without a broker.</summary>
[Unit]
public sealed class InMemoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoWorkers_InHostsOfTheirOwn_JoinTheBusOfTheServices()
    {
        await using var plane = await ScriptedPlane.StartAsync(broker: null, Cancel);
        var (stage, probes) = (new BrokerStage(), (Probe[])[new(), new()]);
        var first = await stage.StartWorkerAsync("w1", probes[0], made => made.JoinBusOf(plane.Services), Cancel);
        var second = await stage.StartWorkerAsync("w2", probes[1], made => made.JoinBusOf(plane.Services), Cancel);
        await plane.BecomesAsync("both to register", () => plane.Lives.Count == 2, Cancel);

        await plane.GrantAsync("w1", Cancel, streams: ["s1", "s2"]);
        await plane.GrantAsync("w2", Cancel, streams: "s3");
        await BrokerStage.StopAsync(first);
        await BrokerStage.StopAsync(second);

        Assert.Equal((2, 1), (probes[0].Ended.Count, probes[1].Ended.Count));
        Assert.All(probes[0].Ended.Values, reason => Assert.Equal(StopReason.Drained, reason));
        await plane.BecomesAsync("both last words", () => plane.All<Contracts.Registration.WorkerStopped>().Count == 2, Cancel);
        Directory.Delete(stage.Folder, recursive: true);
    }
}
