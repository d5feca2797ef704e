using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Testing.Files;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Cli.Tests.Dev;

/// <summary>`weir dev` as a new user starts it: the whole fleet in one process.</summary>
[Integration]
[Slow]
public sealed class DevProcessTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(10);

    private readonly Scratch _scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Dev_WorkerCrashes_StreamsRunAgainAndTheStateIsFoundAtTheNextStart()
    {
        string[] flags = ["--demo", "--workers", "3", "--streams-count", "30", "--port", "0", "--data", _scratch.Name("data")];
        await using (var first = DevProgram.Start(flags))
        {
            var at = await first.RunsAsync(30, 3, Soon, Cancel);
            // Stations drift, so one may be on its way as the picture says that all run.
            await Eventually.TrueAsync("30 streams to run by the API's word", async _ => await RunningAsync(first) == 30, Soon, Cancel);
            await first.TellAsync("k w2");
            at = await first.SaysAsync("w2 is lost", Soon, Cancel, at);
            await first.SaysAsync("all 30 streams run again", Soon, Cancel, at);
            first.Signal(DevProgram.SigTerm);
            Assert.Equal(0, await first.EndsAsync(StopMax, Cancel));
        }

        await using var second = DevProgram.Start(flags);
        await second.RunsAsync(30, 3, Soon, Cancel);
        await second.TellAsync("q");

        Assert.Equal(0, await second.EndsAsync(StopMax, Cancel));
        Assert.DoesNotContain("60 streams", second.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dev_ProcessKilled_TheNextStartGoesOnAtOnce()
    {
        string[] flags = ["--demo", "--workers", "2", "--streams-count", "10", "--port", "0", "--data", _scratch.Name("data")];
        await using (var first = DevProgram.Start(flags))
        {
            await first.RunsAsync(10, 2, Soon, Cancel);
            first.KillNow();
            await first.EndsAsync(StopMax, Cancel);
        }

        await using var second = DevProgram.Start([.. flags[..3], "--streams-count", "7", .. flags[5..]]);
        await second.SaysAsync("all 7 streams run", Soon, Cancel);
        await second.TellAsync("q");

        Assert.Equal(0, await second.EndsAsync(StopMax, Cancel));
    }

    [Fact]
    public async Task Dev_WorkersComeAndGo_StreamsFollow()
    {
        await using var dev = DevProgram.Start("--demo", "--workers", "2", "--streams-count", "20", "--port", "0", "--data", _scratch.Name("data"));
        var at = await dev.RunsAsync(20, 2, Soon, Cancel);
        await dev.TellAsync("a");
        at = await dev.SaysAsync("w3 has joined", Soon, Cancel, at);
        at = await dev.SaysAsync("→ w3 in", Soon, Cancel, at);
        await dev.TellAsync("d w1");
        // "is being drained" comes before it, unless that took no longer than a look.
        await dev.SaysAsync("w1 has left", Soon, Cancel, at);
        await dev.TellAsync("q");

        Assert.Equal(0, await dev.EndsAsync(StopMax, Cancel));
        Assert.DoesNotContain("unowned 1", dev.Said[at..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dev_CtrlC_UnderDotnetRun_StopsInOrder()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        await using var dev = DevProgram.StartAs("setsid",
        [
            "dotnet", "run", "--no-build", "--configuration", configuration, "--project", Path.Combine(RepositoryRoot.Path, "services", "Weir.Cli"),
            "--", "dev", "--demo", "--workers", "2", "--streams-count", "10", "--port", "0", "--data", _scratch.Name("data"),
        ]);
        var at = await dev.RunsAsync(10, 2, Soon, Cancel);

        dev.SignalGroup(DevProgram.SigInt);

        Assert.Equal(0, await dev.EndsAsync(StopMax, Cancel));
        Assert.Contains("Stopped in ", dev.Said[at..], StringComparison.Ordinal);
    }

    private static async Task<int> RunningAsync(DevProgram dev)
    {
        var address = Regex.Match(dev.Said, @"http://127\.0\.0\.1:\d+", RegexOptions.None, Soon).Value;
        using var http = new HttpClient { Timeout = Soon };
        using var status = JsonDocument.Parse(await http.GetStringAsync(new Uri($"{address}/api/v1/status"), Cancel));
        return status.RootElement.GetProperty("streams").GetProperty("running").GetInt32();
    }
}
