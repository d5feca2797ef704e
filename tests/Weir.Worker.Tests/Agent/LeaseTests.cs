using Weir.Contracts.Leases;
using Weir.Contracts.Registration;
using Weir.Testing.Traits;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Agent;

[Unit]
public sealed class LeaseTests
{
    private readonly Probe _probe = new();

    [Fact]
    [Seed("beat.frequency-control")]
    public async Task Beats_Acknowledged_ComeOnceAPeriodOfTheServers()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        var before = host.All<WorkerBeat>().Count;

        await host.Advance(TimeSpan.FromSeconds(20));
        var atTwoSeconds = host.All<WorkerBeat>().Count - before;
        host.Plane.BeatMs = 1000;
        await host.Advance(TimeSpan.FromSeconds(2));
        var then = host.All<WorkerBeat>().Count;
        await host.Advance(TimeSpan.FromSeconds(20));

        Assert.InRange(atTwoSeconds, 9, 12);
        Assert.InRange(host.All<WorkerBeat>().Count - then, 18, 22);
    }

    [Fact]
    public async Task Beat_Unacknowledged_IsFollowedAfterHalfAPeriodUnderTheNextSequence()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Advance(TimeSpan.FromSeconds(4));
        host.Plane.AnswersBeats = false;
        var before = host.All<WorkerBeat>().Count;

        await host.Advance(TimeSpan.FromSeconds(4));

        var beats = host.All<WorkerBeat>();
        Assert.InRange(beats.Count - before, 3, 5);
        Assert.Equal(Enumerable.Range(1, beats.Count).Select(each => (long)each), beats.Select(beat => beat.Sequence));
    }

    [Fact]
    [Seed("scenario.network-partition-scenarios")]
    public async Task Unfenced_CutOff_StopsAtThreeQuartersOfTheLease()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s1");
        await host.Advance(TimeSpan.FromSeconds(10));
        host.KillNetwork();
        var cut = host.Agent.Now;

        await host.ShouldStop("s1");

        // The count runs from the sending of the last acknowledged beat, at most a period ago: 6 s of 8 s, less that.
        Assert.InRange((host.Agent.Now - cut).TotalSeconds, 3.8, 6.1);
        Assert.Equal(StopReason.LeaseLost, _probe.Ended["s1"]);
        Assert.False(_probe.Leases["s1"].IsValid);
        Assert.Throws<LeaseLostException>(_probe.Leases["s1"].ThrowIfLost);
    }

    [Fact]
    [Seed("5.2")]
    public async Task LocalMode_CutOff_GoesOnAsLongAsItWasGranted()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s1", localModeFor: TimeSpan.FromSeconds(60));
        await host.Grant("s2");
        host.KillNetwork();
        var cut = host.Agent.Now;

        await host.ShouldStop("s2");
        Assert.True(_probe.Leases["s1"].IsValid);
        Assert.False(host.HasLease);
        await host.ShouldStop("s1");

        Assert.InRange((host.Agent.Now - cut).TotalSeconds, 48, 51.1);
    }

    [Fact]
    public async Task LocalMode_BackInTime_IsKeptUnderTheNextLifeWithoutAStop()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        var first = await host.Grant("s1", localModeFor: TimeSpan.FromSeconds(60));
        host.KillNetwork();
        await host.Advance(TimeSpan.FromSeconds(20));

        host.HealNetwork();
        await host.Advance(TimeSpan.FromSeconds(5));
        var asked = host.All<RegisterWorker>()[^1];
        var kept = await host.Raise("s1", localModeFor: TimeSpan.FromSeconds(60));
        await host.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(new Holding("s1", first, Stopping: false), Assert.Single(asked.Holdings));
        Assert.True(kept > first);
        Assert.Equal(kept, _probe.Leases["s1"].Epoch);
        Assert.Single(_probe.Started);
        Assert.Equal(StopReason.None, _probe.Leases["s1"].StopReason);
    }

    [Fact]
    public async Task Handler_NotEndedAtNineTenths_EndsTheProcess()
    {
        _probe.Holds = new TaskCompletionSource();
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s1");
        host.KillNetwork();
        var cut = host.Agent.Now;

        while (host.ExitCode is null && host.Agent.Now - cut < TimeSpan.FromSeconds(20))
            await host.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(WorkerExitCode.HandlerNotEnded, host.ExitCode);
        Assert.True(host.End.AtOnce);
        Assert.InRange((host.Agent.Now - cut).TotalSeconds, 5, 7.3);
        _probe.Holds.SetResult();
    }

    [Fact]
    [Seed("beat.heartbeat-failure-recovery")]
    public async Task Fenced_ByTheServer_RegistersAnewAndListsWhatStillRuns()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        var epoch = await host.Grant("s1");
        var attempts = host.All<RegisterWorker>().Count;

        host.Agent.OnLeaseRefused(new LeaseRefused("w1", host.Plane.Incarnation, 1, LeaseRefusal.Fenced));
        await host.Advance(TimeSpan.FromMilliseconds(100));

        var again = Assert.Single(host.All<RegisterWorker>().Skip(attempts));
        Assert.Equal((2, epoch), (again.Attempt, again.HighestEpoch));
        Assert.Equal(new Holding("s1", epoch, Stopping: false), Assert.Single(again.Holdings));
        Assert.True(host.HasLease);
    }

    [Fact]
    [Seed("beat.unregistered-instance-handling")]
    public async Task RegisterAgain_ForThisLife_IsObeyed_ForAnotherIsNot()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        var life = host.Plane.Incarnation;

        host.Agent.OnRegisterAgain(new RegisterAgain("w1", life - 1, "late"));
        await host.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Single(host.All<RegisterWorker>());
        host.Agent.OnRegisterAgain(new RegisterAgain("w1", life, "unknown"));
        await host.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(2, host.All<RegisterWorker>().Count);
    }

    [Fact]
    public async Task Superseded_StopsItsStreamsAndEndsWith3()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s1");

        host.Agent.OnLeaseRefused(new LeaseRefused("w1", host.Plane.Incarnation, 1, LeaseRefusal.Superseded));
        await host.ShouldStop("s1");
        await host.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(WorkerExitCode.Superseded, host.ExitCode);
        Assert.Equal(StopReason.LeaseLost, _probe.Ended["s1"]);
        Assert.Empty(host.All<WorkerStopped>());
        Assert.Single(host.All<RegisterWorker>());
    }

    [Fact]
    public async Task CommandsUnread_MakesTheQueueAnewAndThenRegisters()
    {
        await using var host = await ProbeHost.StartAsync(_probe);

        host.Agent.OnLeaseRefused(new LeaseRefused("w1", host.Plane.Incarnation, 1, LeaseRefusal.CommandsUnread));
        await host.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, 1), (host.Plane.Rebuilds, host.All<RegisterWorker>().Count));
        host.Agent.OnCommandsReady();
        await host.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, host.All<RegisterWorker>().Count);
        Assert.True(host.HasLease);
    }

    [Fact]
    public async Task Beat_CarriesTheMarkReadTheDigestAndTheProcessFigures()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        var epoch = await host.Grant("s1");
        host.Agent.OnMark(new CommandMark("w1", host.Plane.Incarnation, 4));
        host.Agent.OnMark(new CommandMark("w1", host.Plane.Incarnation - 1, 9));

        await host.Advance(TimeSpan.FromSeconds(3));

        var beat = host.All<WorkerBeat>()[^1];
        var digest = default(Core.Consistency.HoldingsDigest).Toggle(Core.Identity.StreamId.Parse("s1"), new(epoch)).Value;
        Assert.Equal((4, 1, 0), (beat.MarkRead, beat.Running, beat.Stuck));
        Assert.Equal(digest.ToString("x16", System.Globalization.CultureInfo.InvariantCulture), beat.Digest);
        Assert.InRange(beat.CpuShare!.Value, 0, 1);
        Assert.True(beat.MemoryBytes > 1_000_000);
    }
}
