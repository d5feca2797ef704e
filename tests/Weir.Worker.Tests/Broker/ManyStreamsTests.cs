using Weir.Checker;
using Weir.Contracts.Leases;
using Weir.Contracts.Ownership;
using Weir.Testing.Traits;
using Weir.Worker.Clock;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Broker;

/// <summary>A thousand Fenced streams in one process, ten ticks a second each, all of them in the database.</summary>
[Load]
public sealed class ManyStreamsTests(BrokerStage stage) : IClassFixture<BrokerStage>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Slow]
    public async Task Ticker_With1000Streams_TicksEachOfThem()
    {
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        await using var ticker = TickerChild.Start("m1", stage.Broker, stage.Folder, stage.Database);
        await plane.BecomesAsync("m1 to register", () => plane.Lives.ContainsKey("m1"), Cancel);
        await plane.GrantAsync("m1", Cancel, StreamClass.Fenced, "ticker", [.. Enumerable.Range(1, 1000).Select(i => $"m{i:0000}")]);
        var since = BootClock.Instance.GetTimestamp();
        var from = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        await plane.BecomesAsync("ten seconds of ticks", () => BootClock.Instance.GetElapsedTime(since) > TimeSpan.FromSeconds(10), Cancel);
        ticker.Signal(TickerChild.SigTerm);
        Assert.Equal(0, await ticker.EndsAsync(Cancel));
        var report = await Check.RunAsync(
            CheckerOptions.Parse([stage.Folder, "--sink", stage.Database.ConnectionString, "--from", $"{from}", "--to", $"{from + 10_000}"]), Cancel);

        TestContext.Current.TestOutputHelper?.WriteLine($"{report.ToText()}\ncpu {plane.All<WorkerBeat>().Max(beat => beat.CpuShare):0.00}");
        Assert.True(report.IsClean, report.ToText());
        Assert.Equal(1000, report.Streams);
        // A busy machine stands still for a second or three.
        Assert.InRange(report.Ticks, 40_000, 101_000);
        Assert.InRange(report.Sink!.Rows, 40_000, 150_000);
        Assert.InRange(report.GapP99Ms, 90, 5000);
    }
}
