using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Ownership;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;
using Weir.Worker.Testing;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Agent;

/// <summary>A Fenced stream whose claim is missing is not silent.</summary>
[Unit]
public sealed class ClaimWatchTests : IDisposable
{
    private readonly Probe _probe = new();
    private readonly Scopes _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fenced_When_its_handler_never_claims_Then_it_is_said_once_a_lease_with_what_to_do()
    {
        await using var host = await StartAsync();
        await SendAsync(host, "s1", StreamClass.Fenced);

        await host.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Empty(Missing());
        await host.Advance(TimeSpan.FromSeconds(20));

        var line = Assert.Single(Missing());
        Assert.Contains("Stream s1 of kind k is Fenced, and its handler on worker w1 has not claimed its sink for 2 s", line, StringComparison.Ordinal);
        Assert.Contains("StreamLease.ClaimAsync", line, StringComparison.Ordinal);
        Assert.Contains("declare the stream Unfenced", line, StringComparison.Ordinal);
        await host.Release("s1");
        await SendAsync(host, "s1", StreamClass.Fenced);
        await host.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(2, Missing().Count);
    }

    [Fact]
    public async Task Fenced_When_its_claim_does_not_return_Then_that_is_said_instead()
    {
        var mayClaim = new TaskCompletionSource();
        _probe.Does = async (lease, stop) =>
        {
            await lease.ClaimAsync(
                async (_, _) =>
                {
                    await mayClaim.Task;
                    return 0;
                },
                stop);
            await Probe.WaitAsync(stop);
        };
        await using var host = await StartAsync();
        await SendAsync(host, "s1", StreamClass.Fenced);

        await host.Advance(TimeSpan.FromSeconds(5));
        mayClaim.SetResult();

        Assert.Contains("the claim of its sink on worker w1 has not succeeded for 2 s", Assert.Single(Missing()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fenced_When_it_is_raised_after_long_and_its_sink_is_away_Then_the_time_counts_from_the_raise()
    {
        var (claims, away) = (0, new TaskCompletionSource());
        _probe.Does = async (lease, stop) =>
        {
            await lease.ClaimAsync(
                async (_, _) =>
                {
                    if (++claims > 1)
                        await away.Task;
                    return 0;
                },
                stop);
            await Probe.WaitAsync(stop);
        };
        await using var host = await StartAsync();
        await host.Grant("s1", streamClass: StreamClass.Fenced);
        await host.Advance(TimeSpan.FromSeconds(10));
        host.Send("s1", kind: null, StreamClass.Fenced);

        await host.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Empty(Missing());
        await host.Advance(TimeSpan.FromSeconds(1));
        away.SetResult();

        Assert.Single(Missing());
    }

    [Fact]
    public async Task Others_When_they_run_for_long_Then_nothing_is_said()
    {
        await using var host = await StartAsync();
        await host.Grant("unfenced");
        _probe.Does = async (lease, stop) =>
        {
            await lease.ClaimAsync((_, _) => Task.FromResult(0), stop);
            await Probe.WaitAsync(stop);
        };
        await host.Grant("claimed", streamClass: StreamClass.Fenced);
        _probe.Does = null;
        _probe.Holds = new TaskCompletionSource();
        await SendAsync(host, "stopping", StreamClass.Fenced);
        host.Agent.OnRelease(new ReleaseStreams("w1", host.Plane.Incarnation, [new StreamEpoch("stopping", ++host.Plane.Counter)]));

        await host.Advance(TimeSpan.FromSeconds(10));
        _probe.Holds.SetResult();

        Assert.Empty(Missing());
    }

    [Fact]
    public async Task TestHost_When_a_granted_stream_lacks_its_claim_Then_the_timeout_says_so()
    {
        await using var host = await StartAsync();
        host.Plane.HearFor = TimeSpan.FromMilliseconds(100);

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => host.Grant("s1", streamClass: StreamClass.Fenced));

        Assert.Contains("its handler has not claimed its sink", thrown.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _log.Dispose();

    private Task<WeirTestHost> StartAsync() => WeirTestHost.StartAsync(services => services
        .AddLogging(logging => logging.AddProvider(_log)).AddSingleton(_probe)
        .AddWeirWorker(options => (options.WorkerId, options.Capacity) = ("w1", 10)).HandleStreams<ProbeHandler>("k"));

    // A handler starts in real time: it is there, or calls for its claim, before the test's clock moves on.
    private async Task SendAsync(WeirTestHost host, string stream, StreamClass streamClass)
    {
        var before = _probe.Started.Count;
        host.Send(stream, kind: null, streamClass);
        await Eventually.TrueAsync("a run", _ => Task.FromResult(_probe.Started.Count > before), TimeSpan.FromSeconds(30), Cancel);
        if (_probe.Does is not null)
            await Eventually.TrueAsync("its claim", _ => Task.FromResult(!host.Agent.Streams.LacksClaim(stream)), TimeSpan.FromSeconds(30), Cancel);
    }

    private List<string> Missing() => [.. _log.Lines.Select(line => line.Line).Where(line => line.Contains("is Fenced, and", StringComparison.Ordinal))];
}
