using System.Diagnostics;
using System.Text.Json;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests;

/// <summary>`weir plan` as the process a person or script starts.</summary>
[Integration]
public sealed class PlanProcessTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Plan_Piped_WritesDataToOneSideAndWordsToTheOther()
    {
        var file = _scratch.File("fleet.json", """{"workers":[{"id":"w1","capacity":1}],"streams":[{"id":"a"},{"id":"b"}]}""");

        var (code, data, words) = await RunAsync("plan", "--input", file);

        using var plan = JsonDocument.Parse(data);
        Assert.Equal(4, code);
        Assert.Equal(1, plan.RootElement.GetProperty("unplaced").GetArrayLength());
        Assert.Contains("no worker after this plan", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_WrongFlag_AnswersTwoAndPrintsNoData()
    {
        var (code, data, words) = await RunAsync("plan", "--no-such-flag");

        Assert.Equal(2, code);
        Assert.Empty(data);
        Assert.Contains("--no-such-flag", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_StartsWithWhatItDoesAndAnExample()
    {
        var (code, data, _) = await RunAsync("plan", "--help");

        Assert.Equal(0, code);
        Assert.Contains("weir plan --input fleet.json", data, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Data, string Words)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "weir.exe" : "weir"), args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("weir did not start");
        var data = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var words = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await data, await words);
    }
}
