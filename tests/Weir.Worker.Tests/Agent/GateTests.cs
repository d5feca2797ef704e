using Weir.Contracts.Ownership;
using Weir.Testing.Traits;
using Weir.Worker.Testing;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Agent;

/// <summary>Gates of streams that run no more are forgotten, and no command that comes late finds a door open for it.</summary>
[Unit]
public sealed class GateTests
{
    private readonly Probe _probe = new();

    [Fact]
    public async Task ManyStreamsCameAndWent_TheGatesKeptAreBounded_AndWhatRunsIsKept()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        host.Agent.Streams.GatesKeptMax = 10;
        await host.Grant("stays");
        for (var stream = 1; stream <= 50; stream++)
            await PassesAsync(host, $"s{stream}");

        Assert.InRange(host.Agent.Streams.Gates, 6, 12);
        Assert.True(host.Agent.Runs("stays"));
        await host.Raise("stays");
        await host.Release("stays");
    }

    [Fact]
    public async Task LateStart_OfAForgottenGate_IsRefused_AndALaterGrantRuns()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        host.Agent.Streams.GatesKeptMax = 10;
        var late = await PassesAsync(host, "s1");
        for (var stream = 2; stream <= 30; stream++)
            await PassesAsync(host, $"s{stream}");
        var said = host.All<StreamStartRefused>().Count;

        StartAt(host, "s1", late);
        StartAt(host, "s1", late - 1);

        Assert.Equal([StartRefusal.EpochNotNew, StartRefusal.EpochNotNew], host.All<StreamStartRefused>().Skip(said).Select(refused => refused.Reason));
        Assert.False(host.Agent.Runs("s1"));
        await host.Grant("s1");
    }

    /// <summary>A release for a forgotten stream makes a new gate, lower than the one that was: the floor holds above it.</summary>
    [Fact]
    public async Task LateStart_AfterALateRelease_OfAForgottenGate_IsRefused()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        host.Agent.Streams.GatesKeptMax = 10;
        var late = await PassesAsync(host, "s1");
        for (var stream = 2; stream <= 30; stream++)
            await PassesAsync(host, $"s{stream}");
        var released = host.All<StreamsReleased>().Count;

        host.Agent.OnRelease(new ReleaseStreams("w1", host.Plane.Incarnation, [new StreamEpoch("s1", late - 1)]));
        StartAt(host, "s1", late);

        // The release is answered: whoever waits for it must get on.
        Assert.Equal(released + 1, host.All<StreamsReleased>().Count);
        Assert.False(host.Agent.Runs("s1"));
    }

    /// <summary>The fault that the floor guards against: without it, a gate that is gone lets the late start in.</summary>
    [Fact]
    public async Task Planted_AGateNobodyEverHad_LetsALowEpochIn()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s2");

        StartAt(host, "s1", 1);
        await host.Advance(TimeSpan.FromMilliseconds(50));

        Assert.True(host.Agent.Runs("s1"));
    }

    private static async Task<long> PassesAsync(WeirTestHost host, string stream)
    {
        await host.Grant(stream);
        await host.Release(stream);
        await host.Advance(TimeSpan.FromMilliseconds(50));
        return host.Plane.Counter;
    }

    private static void StartAt(WeirTestHost host, string stream, long epoch) =>
        host.Agent.OnStart(new StartStreams("w1", host.Plane.Incarnation, [new StreamGrant(stream, epoch, "k", StreamClass.Unfenced, 0)]));
}
