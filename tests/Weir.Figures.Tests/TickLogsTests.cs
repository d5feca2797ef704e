using System.Globalization;
using Weir.Figures.Ticks;
using Weir.Testing.Traits;

namespace Weir.Figures.Tests;

/// <summary>Gaps, handovers and late ticks, from logs as tickers write them.</summary>
[Unit]
public sealed class TickLogsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-figures-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Gap_BeginsAtTheLastTickBefore_AlsoAtAnotherWorker()
    {
        Write("w1", Ticks("s1", 7, 0, 100, 200, 300));
        Write("w2", Ticks("s1", 8, 1500, 1600));

        Assert.Equal([1.2], await new TickLogs(_folder).GapsAsync(["s1"], Ms(350), Ms(2000), Cancel));
    }

    [Fact]
    public async Task Gap_OfAStreamThatTickedNoMore_HasNoEnd()
    {
        Write("w1", Ticks("s1", 7, 0, 100, 200, 300), Ticks("s2", 7, 0, 100));

        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity], await new TickLogs(_folder).GapsAsync(["s1", "s2", "never"], Ms(350), Ms(2000), Cancel));
    }

    [Fact]
    public async Task GapToOther_CountsFromTheMomentToTheFirstTickElsewhere()
    {
        Write("w1", Ticks("s1", 7, 0, 100, 1200));
        Write("w2", Ticks("s1", 8, 1500, 1600));

        var gaps = await new TickLogs(_folder).GapsToOtherAsync(["s1"], "w1", Ms(1000), Cancel);

        Assert.Equal([0.5], gaps);
    }

    [Fact]
    public async Task Handover_IsFromTheOldOwnersEndToTheNewOnesStart_AndOnlyBetweenWorkers()
    {
        Write("w1", Lines('S', "s1", 7, 0), Lines('E', "s1", 7, 1000), Lines('S', "s2", 7, 0), Lines('E', "s2", 7, 1000), Lines('S', "s2", 8, 1300));
        Write("w2", Lines('S', "s1", 8, 1040));

        var handovers = await new TickLogs(_folder).HandoversAsync(["s1", "s2"], Ms(500), Cancel);

        Assert.Equal([0.04], handovers);
    }

    [Fact]
    public async Task Late_IsWhatAWorkerTicksUnderItsEarlierLife()
    {
        Write("w1", Ticks("s1", 7, 0, 100, 1100, 1200), [.. Ticks("s1", 9, 1300).Select(line => line.Replace(" 5 1\n", " 6 1\n", StringComparison.Ordinal))]);

        var late = await new TickLogs(_folder).LateAsync("w1", Ms(1000), Cancel);

        Assert.Equal([0.1, 0.2], late.Select(each => Math.Round(each, 6)));
    }

    [Fact]
    public async Task Log_ThatGrows_IsReadOnFromItsLastWholeLine()
    {
        var logs = new TickLogs(_folder);
        Write("w1", Ticks("s1", 7, 0, 100), ["T 2000"]);
        var first = await logs.GapsAsync(["s1"], Ms(50), Ms(5000), Cancel);
        await File.AppendAllTextAsync(Path.Combine(_folder, "w1.ticks"), "00000 1 U s1 7 3 5 1\nno line\n" + Ticks("s1", 7, 900)[0], Cancel);

        var then = await logs.GapsAsync(["s1"], Ms(50), Ms(5000), Cancel);

        Assert.Equal([0.1, 0.7], first.Concat(then).Select(each => Math.Round(each, 6)));
    }

    private void Write(string worker, params string[][] lines) =>
        File.WriteAllText(Path.Combine(_folder, $"{worker}.ticks"), $"# weir-ticks 1 {worker} 100\n" + string.Concat(lines.SelectMany(each => each)));

    private static string[] Ticks(string stream, long epoch, params int[] atMs) => Lines('T', stream, epoch, atMs);

    private static string[] Lines(char what, string stream, long epoch, params int[] atMs) =>
        [.. atMs.Select(at => string.Create(CultureInfo.InvariantCulture, $"{what} {at * 1_000_000L} {1_000_000 + at} U {stream} {epoch} {at / 100} 5 1\n"))];

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
