using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Weir.Checker;
using Weir.Testing.Traits;
using Weir.Worker.Ticker;
using Weir.Worker.Ticker.Sinks;

namespace Weir.Worker.Tests.Checks;

/// <summary>The checker finds what was planted, and nothing in what is clean.</summary>
[Unit]
public sealed class CheckerTests : IDisposable
{
    private readonly PlantedLogs _logs = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task HandOver_WithoutOverlap_IsClean()
    {
        _logs.Ticks("a", "s1", 1, 0, 5000).Ticks("b", "s1", 2, 5200, 9000).Torn("a");

        var report = await CheckAsync();

        Assert.True(report.IsClean, report.ToText());
        Assert.Equal((90L, 200.0, 0L), (report.Ticks, report.GapMaxMs, report.StaleTicks));
    }

    [Fact]
    public async Task HandOver_WithinOnePeriod_IsNotDoubled()
    {
        _logs.Ticks("a", "s1", 1, 0, 5000).Ticks("b", "s1", 2, 4950, 9000);

        Assert.True((await CheckAsync()).IsClean);
    }

    [Theory]
    [InlineData("b", 1)]
    [InlineData("a", 2)]
    public async Task TwoOwnersAtOnce_AreFound_AlsoWithinOneProcess(string process, int run)
    {
        _logs.Ticks("a", "s1", 1, 0, 5000).Ticks(process == "a" ? "a2" : process, "s2", 1, 0, 9000);
        _logs.Ticks(process == "a" ? "b" : process, "s1", 2, 4000, 9000, run: run);

        var report = await CheckAsync();

        var doubled = Assert.Single(report.Doubled);
        Assert.Equal("s1", doubled.Stream);
        Assert.InRange(doubled.OverlapMs, 900, 1000);
        Assert.Equal(10, report.StaleTicks);
        Assert.False(report.IsClean);
    }

    [Fact]
    public async Task TwoOwnersOfAFencedStream_AreOnlyBelieved()
    {
        _logs.Ticks("a", "s1", 1, 0, 5000, 'F').Ticks("b", "s1", 2, 4000, 9000, 'F');

        var report = await CheckAsync();

        Assert.Single(report.Believed);
        Assert.True(report.IsClean);
        Assert.Equal(0, report.StaleTicks);
    }

    [Fact]
    public async Task OneStaleTickOfAProcessThatWasFrozen_IsCountedNotDoubled()
    {
        _logs.Ticks("a", "s1", 1, 0, 1000).Ticks("b", "s1", 2, 2000, 9000).Ticks("a", "s1", 1, 5050, 5050);

        var report = await CheckAsync();

        Assert.Equal((0, 1L), (report.Doubled.Count, report.StaleTicks));
    }

    [Fact]
    public async Task Lost_NeverTickedAndNotAtTheEnd_AreFound()
    {
        _logs.Ticks("a", "s1", 1, 0, 9000).Ticks("a", "s2", 1, 0, 4000);
        var expected = Path.Combine(_logs.Folder, "streams.txt");
        await File.WriteAllLinesAsync(expected, ["s1", "s2", "s3"], Cancel);

        var report = await CheckAsync("--expect", expected);

        Assert.Equal(["s3"], report.NeverTicked);
        Assert.Equal(["s2"], report.NotTickingAtTheEnd);
        Assert.False(report.IsClean);
    }

    [Fact]
    public async Task Gaps_ArePerStream_AndAFindOnlyWhereSoAsked()
    {
        _logs.Ticks("a", "s1", 1, 0, 1000).Ticks("a", "s1", 1, 3000, 4000).Ticks("a", "s2", 1, 0, 4000);

        var report = await CheckAsync();
        var strict = await CheckAsync("--fail-on-gap");
        var wide = await CheckAsync("--fail-on-gap", "--gap-ms", "2500");

        Assert.Equal(new StreamGap("s1", 2000, 1), Assert.Single(report.Gaps));
        Assert.Equal((100, 2000, 2000), (report.GapP50Ms, report.GapP99Ms, report.GapMaxMs));
        Assert.Equal((true, false, true), (report.IsClean, strict.IsClean, wide.IsClean));
    }

    [Fact]
    public async Task Window_LeavesOutWhatIsOutside()
    {
        _logs.Ticks("a", "s1", 1, 0, 5000).Ticks("b", "s1", 2, 4000, 9000);

        Assert.True((await CheckAsync("--from", "1005100")).IsClean);
        Assert.True((await CheckAsync("--to", "1003900")).IsClean);
        Assert.False((await CheckAsync("--from", "1003900", "--to", "1005100")).IsClean);
    }

    [Fact]
    public async Task SinkThatTookAnOldEpoch_IsFound_OneThatRefusedItIsNot()
    {
        _logs.Ticks("a", "s1", 1, 0, 100, 'F');
        var file = Path.Combine(_logs.Folder, "sink.db");
        var sink = new SqliteTickSink($"Data Source={file};Pooling=False");
        await sink.ClaimAsync(new Tick("s1", 1, "a", 7, 0, 1), Cancel);
        await sink.WriteAsync([new Tick("s1", 1, "a", 7, 1, 2)], Cancel);
        await sink.ClaimAsync(new Tick("s1", 2, "b", 8, 0, 3), Cancel);
        var refused = await sink.WriteAsync([new Tick("s1", 1, "a", 7, 2, 4), new Tick("s1", 2, "b", 8, 2, 5)], Cancel);

        Assert.Equal([("s1", 1L)], refused);
        Assert.True((await CheckAsync("--sink", file)).IsClean);
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var plant = connection.CreateCommand();
            plant.CommandText = "insert into weir_ticks (stream, epoch, worker, incarnation, sequence, at) values ('s1', 1, 'a', 7, 3, 6)";
            await plant.ExecuteNonQueryAsync(Cancel);
        }

        var found = await CheckAsync("--sink", file);

        Assert.Equal(new StaleRow("s1", 1, 2, "a", 3), Assert.Single(found.Sink!.Stale));
        Assert.False(found.IsClean);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1, "--fail-on-gap", "--gap-ms", "50")]
    [InlineData(2, "--gap-ms", "none")]
    [InlineData(2, "--unheard")]
    public async Task Program_EndsWith(int exit, params string[] more)
    {
        _logs.Ticks("a", "s1", 1, 0, 1000);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Weir.Checker"), [_logs.Write(), "--json", .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var program = Process.Start(start)!;
        var said = await program.StandardOutput.ReadToEndAsync(Cancel);
        await program.WaitForExitAsync(Cancel);

        Assert.Equal(exit, program.ExitCode);
        if (exit == 0)
            Assert.True(System.Text.Json.JsonElement.Parse(said).GetProperty("isClean").GetBoolean());
    }

    [Fact]
    public void FolderWithoutALog_IsRefused() => Assert.Throws<FormatException>(() => CheckerOptions.Parse([_logs.Folder]));

    private Task<CheckReport> CheckAsync(params string[] args) => Check.RunAsync(CheckerOptions.Parse([_logs.Write(), .. args]), Cancel);
}
