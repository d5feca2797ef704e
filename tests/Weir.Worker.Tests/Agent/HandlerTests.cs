using System.Globalization;
using Weir.Contracts.Leases;
using Weir.Contracts.Ownership;
using Weir.Contracts.Registration;
using Weir.Contracts.Reports;
using Weir.Contracts.Workers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Agent;

[Unit]
public sealed class HandlerTests
{
    private readonly Probe _probe = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Granted_RunsUntilReleased()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        var epoch = await host.Grant("s1", definition: """{"url":"http://x","bitRate":128}""");
        var lease = _probe.Leases["s1"];

        Assert.Equal((epoch, host.Plane.Incarnation, true), (lease.Epoch, lease.Incarnation, lease.IsValid));
        Assert.Equal(128, lease.Stream.Definition.GetProperty("bitRate").GetInt32());
        Assert.Equal("http://x", lease.Stream.Read<Station>().Url);
        Assert.InRange(lease.ExpiresIn.TotalSeconds, 3.9, 6);
        await host.Release("s1");

        Assert.Equal(StopReason.Released, _probe.Ended["s1"]);
        Assert.False(lease.IsValid);
    }

    [Fact]
    public async Task Start_BelowTheGate_OfAnUnknownKind_AndWithoutALease_AreRefusedWithTheirReason()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Release("s1");
        host.Agent.OnStart(new StartStreams("w1", host.Plane.Incarnation, [new StreamGrant("s1", 101, "k", StreamClass.Unfenced, 0)]));
        host.Send("s2", "other", StreamClass.Unfenced);
        host.KillNetwork();
        host.Clock.Advance(TimeSpan.FromSeconds(7));
        host.Send("s3", "k", StreamClass.Unfenced);
        host.HealNetwork();

        Assert.Equal(
            [("s1", StartRefusal.EpochNotNew), ("s2", StartRefusal.UnknownKind), ("s3", StartRefusal.NoLease)],
            host.All<StreamStartRefused>().Select(refused => (refused.StreamId, refused.Reason)));
        Assert.Empty(_probe.Started);
    }

    [Fact]
    public async Task Handler_ThatThrows_IsSaidToHaveFailed()
    {
        _probe.Does = (_, _) => throw new FormatException("no such station");
        await using var host = await ProbeHost.StartAsync(_probe);

        host.Send("s1", kind: null, StreamClass.Unfenced);

        var failed = await host.Plane.HeardAsync<StreamFailed>(_ => true, 0, "nothing failed");
        Assert.Equal(("FormatException", "no such station"), (failed.Error, failed.Detail));
        await Eventually.TrueAsync("the handler to be gone", _ => Task.FromResult(host.Agent.Held().Count == 0), TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task Start_WhileItStillStops_RunsAfterItHasEnded()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s1");
        _probe.Holds = new TaskCompletionSource();
        host.Agent.OnRelease(new ReleaseStreams("w1", host.Plane.Incarnation, [new StreamEpoch("s1", ++host.Plane.Counter)]));
        var epoch = host.Send("s1", kind: null, StreamClass.Unfenced);

        Assert.Single(_probe.Started);
        _probe.Holds.SetResult();
        await host.Plane.HeardAsync<StreamsStarted>(said => said.Streams.Any(each => each.Epoch == epoch), 0, "not started");

        await Eventually.TrueAsync("two runs", _ => Task.FromResult(_probe.Started.Count == 2), TimeSpan.FromSeconds(30), Cancel);
        Assert.Empty(host.All<StreamsReleased>());
    }

    [Fact]
    public async Task Fenced_CountsAsStartedWhenItsClaimHasReturned_AndIsClaimedAgainWhenRaised()
    {
        var (claims, mayClaim) = (new List<long>(), new TaskCompletionSource());
        _probe.Does = async (lease, stop) =>
        {
            var from = await lease.ClaimAsync<string>(
                async (epoch, _) =>
                {
                    await mayClaim.Task;
                    claims.Add(epoch);
                    return "here";
                },
                stop);
            Assert.Equal("here", from);
            await Probe.WaitAsync(stop);
        };
        await using var host = await ProbeHost.StartAsync(_probe);
        var first = host.Send("s1", kind: null, StreamClass.Fenced);
        await Eventually.TrueAsync("a run", _ => Task.FromResult(_probe.Started.Count == 1), TimeSpan.FromSeconds(30), Cancel);

        Assert.Empty(host.All<StreamsStarted>());
        Assert.Equal(0, _probe.Leases["s1"].Epoch);
        mayClaim.SetResult();
        await host.Plane.HeardAsync<StreamsStarted>(_ => true, 0, "not started");
        var second = await host.Raise("s1", streamClass: StreamClass.Fenced);

        Assert.Equal([first, second], claims);
        Assert.Equal(second, _probe.Leases["s1"].Epoch);
        Assert.Single(_probe.Started);
    }

    [Fact]
    public async Task Fenced_RaisedWhileItClaims_ClaimsTheHigherEpochBeforeItGoesOn()
    {
        var (claims, isClaiming, mayClaim) = (new List<long>(), new TaskCompletionSource(), new TaskCompletionSource());
        _probe.Does = async (lease, stop) =>
        {
            await lease.ClaimAsync<int>(
                async (epoch, _) =>
                {
                    isClaiming.TrySetResult();
                    await mayClaim.Task;
                    claims.Add(epoch);
                    return 0;
                },
                stop);
            await Probe.WaitAsync(stop);
        };
        await using var host = await ProbeHost.StartAsync(_probe);
        var first = host.Send("s1", kind: null, StreamClass.Fenced);
        await isClaiming.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        var second = host.Send("s1", kind: null, StreamClass.Fenced);

        mayClaim.SetResult();
        var started = await host.Plane.HeardAsync<StreamsStarted>(_ => true, 0, "not started");

        Assert.Equal(second, Assert.Single(started.Streams).Epoch);
        Assert.Equal([first, second], claims);
    }

    [Fact]
    public async Task Fenced_RefusedByItsSinkWhenRaised_StopsAndIsSaidToHaveFailed()
    {
        var claims = 0;
        _probe.Does = async (lease, stop) =>
        {
            await lease.ClaimAsync(
                (epoch, _) => ++claims == 1 ? Task.FromResult(0) : throw new LeaseLostException("s1", epoch, "planted"), stop);
            await Probe.WaitAsync(stop);
        };
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s1", streamClass: StreamClass.Fenced);

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Raise("s1", streamClass: StreamClass.Fenced));

        Assert.Equal(StopReason.LeaseLost, _probe.Ended["s1"]);
        Assert.False(_probe.Leases["s1"].IsValid);
    }

    [Fact]
    public async Task EpochAbove_WhileRaised_WaitsForTheClaim_ElseIsLost()
    {
        var mayClaim = new TaskCompletionSource();
        var claims = 0;
        _probe.Does = async (lease, stop) =>
        {
            await lease.ClaimAsync(
                async (_, _) =>
                {
                    if (++claims > 1)
                        await mayClaim.Task;
                    return 0;
                },
                stop);
            await Probe.WaitAsync(stop);
        };
        await using var host = await ProbeHost.StartAsync(_probe);
        var first = await host.Grant("s1", streamClass: StreamClass.Fenced);
        var lease = _probe.Leases["s1"];

        await Assert.ThrowsAsync<LeaseLostException>(() => lease.EpochAboveAsync(first, Cancel));
        var second = host.Send("s1", kind: null, StreamClass.Fenced);
        var above = lease.EpochAboveAsync(first, Cancel);
        Assert.False(above.IsCompleted);
        mayClaim.SetResult();

        Assert.Equal(second, await above);
    }

    [Fact]
    public async Task Reports_AreTheLatestWord_AtMostEachTenSeconds()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s1");
        var lease = _probe.Leases["s1"];

        for (var i = 1; i <= 25; i++)
        {
            lease.Report(i, $"at {i}");
            await host.Advance(TimeSpan.FromSeconds(1));
        }

        var reports = host.All<StreamsReported>().SelectMany(each => each.Streams).ToList();
        Assert.InRange(reports.Count, 2, 3);
        Assert.True(reports[^1].Load > reports[0].Load);
        Assert.StartsWith("at ", reports[0].Position, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => lease.Report(double.NaN));
    }

    [Fact]
    public async Task Reports_OfALoadThatStays_GoEachThirtySeconds_AndOfOneThatMovesInBetween()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("still");
        await host.Grant("moving");

        for (var i = 0; i < 120; i++)
        {
            _probe.Leases["still"].Report(1 + (i % 2 * 0.04), $"at {i}");
            _probe.Leases["moving"].Report(i < 65 ? 1 : 2, $"at {i}");
            await host.Advance(TimeSpan.FromSeconds(1));
        }

        var reports = host.All<StreamsReported>().SelectMany(each => each.Streams).ToLookup(report => report.StreamId);
        Assert.InRange(reports["still"].Count(), 4, 5);
        var moved = reports["moving"].First(report => report.Load > 1);
        Assert.InRange(int.Parse(moved.Position![3..], CultureInfo.InvariantCulture), 65, 80);
        // Both were due at once at each full round, and went in one message.
        Assert.InRange(host.All<StreamsReported>().Count, 4, 6);
    }

    [Fact]
    public async Task Drain_WhenOthersTakeTheStreams_EndsWithTheLastWord()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s1");
        await host.Grant("s2");

        await host.Drain();

        Assert.Equal([StopReason.Drained, StopReason.Drained], _probe.Ended.Values);
        Assert.NotEmpty(host.All<DrainWorker>());
        Assert.Equal(2, host.All<StreamsReleased>().Sum(said => said.Streams.Count));
        Assert.IsType<WorkerStopped>(host.Plane.Said[^1]);
    }

    [Fact]
    public async Task Drain_WhenNobodyTakesThem_StopsThemInTimeAndEndsWithTheLastWord()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s1");
        var since = host.Agent.Now;

        await host.Drain(othersTakeTheStreams: false);

        Assert.InRange((host.Agent.Now - since).TotalSeconds, 7.9, 9.5);
        Assert.Equal(StopReason.Shutdown, _probe.Ended["s1"]);
        Assert.Single(host.All<WorkerStopped>());
    }

    [Fact]
    [Slow]
    public async Task Drain_WithAHandlerThatDoesNotEnd_LeavesWithoutTheLastWord()
    {
        _probe.Holds = new TaskCompletionSource();
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s1");

        await host.Drain(othersTakeTheStreams: false);

        Assert.Empty(host.All<WorkerStopped>());
        _probe.Holds.SetResult();
    }

    [Fact]
    public async Task Draining_RefusesWhatIsNew()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        await host.Grant("s1");
        host.Agent.Drain();

        host.Send("s2", kind: null, StreamClass.Unfenced);

        Assert.Equal(StartRefusal.Stopping, Assert.Single(host.All<StreamStartRefused>()).Reason);
    }

    [Theory]
    [InlineData(StuckHandler.Alert, null)]
    [InlineData(StuckHandler.ExitProcess, WorkerExitCode.HandlerNotEnded)]
    public async Task Stuck_IsSaidInTheBeat_AndEndsTheProcessWhereSoAsked(StuckHandler option, int? exit)
    {
        _probe.Holds = new TaskCompletionSource();
        await using var host = await ProbeHost.StartAsync(_probe, options => options.StuckHandler = option);
        await host.Grant("s1");
        host.Agent.OnRelease(new ReleaseStreams("w1", host.Plane.Incarnation, [new StreamEpoch("s1", ++host.Plane.Counter)]));

        await host.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(1, host.All<WorkerBeat>()[^1].Stuck);
        Assert.Equal(exit, host.ExitCode);
        Assert.Empty(host.All<StreamsReleased>());
        _probe.Holds.SetResult();
    }

    private sealed record Station(string Url, int BitRate);
}
