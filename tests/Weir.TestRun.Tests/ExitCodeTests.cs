using Weir.Testing.Traits;

namespace Weir.TestRun.Tests;

/// <summary>Every way a test program can end, seen from outside: exit code, closing line, and what is said.</summary>
[Integration]
public sealed class ExitCodeTests : IDisposable
{
    private readonly SampleRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    [Seed("run.exit-0")]
    public async Task Run_AllPass_ExitsWithZeroAndClosesWithTheSum()
    {
        var shell = await _run.ExecuteAsync("--filter", "PassingSamples");

        Assert.Equal(0, shell.Exit);
        Assert.EndsWith("\n4 passed, 0 failed, 0 skipped\n", shell.Output, StringComparison.Ordinal);
        Assert.Contains("infra: docker 0, local 0, env 0", shell.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Seed("run.exit-1")]
    public async Task Run_OneTestFails_ExitsWithOneAndSaysWhyAndHowToReplay()
    {
        var shell = await _run.ExecuteAsync("--filter", "FailingSamples", "--seed", "5");

        Assert.Equal(1, shell.Exit);
        Assert.Contains("the sample's reason", shell.Output, StringComparison.Ordinal);
        Assert.Contains("tests/run.sh --seed 5 --suite Weir.TestRun.Sample --filter 'Weir.TestRun.Sample.FailingSamples.Fails'", shell.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n0 passed, 1 failed, 0 skipped\n", shell.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Seed("run.exit-2")]
    public async Task Run_OnlySkippedTests_ShowsNothingAndExitsWithTwo()
    {
        var shell = await _run.ExecuteAsync("--load-only");

        Assert.Equal(2, shell.Exit);
        Assert.Contains("the sample needs a moon", shell.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n0 passed, 0 failed, 1 skipped\n", shell.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Seed("run.exit-2")]
    public async Task Run_FilterThatMatchesNothing_ExitsWithTwo()
    {
        var shell = await _run.ExecuteAsync("--filter", "NoSuchTest");

        Assert.Equal(2, shell.Exit);
        Assert.Contains("nothing ran", shell.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProgramCrashes_IsAFailureWithItsLastWordsAndTheTestItWasIn()
    {
        var shell = await _run.ExecuteAsync("--filter", "CrashingSamples");

        Assert.Equal(1, shell.Exit);
        Assert.Contains("Weir.TestRun.Sample (crashed)", shell.Output, StringComparison.Ordinal);
        Assert.Contains("under way: Weir.TestRun.Sample.CrashingSamples.Crashes", shell.Output, StringComparison.Ordinal);
        Assert.Contains("the sample's crash", _run.Log, StringComparison.Ordinal);
        Assert.EndsWith("\n0 passed, 1 failed, 0 skipped\n", shell.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Slow]
    public async Task Run_ProgramHangs_IsKilledAndIsAFailureThatNamesTheTest()
    {
        var shell = await _run.ExecuteAsync("--filter", "HangingSamples.Hangs", "--silence", "10");

        Assert.Equal(1, shell.Exit);
        Assert.Contains("Weir.TestRun.Sample (hung)", shell.Output, StringComparison.Ordinal);
        Assert.Contains("under way: Weir.TestRun.Sample.HangingSamples.Hangs", shell.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Slow]
    public async Task Run_ProgramLeavesAChildThatHoldsItsOutput_IsAFailure()
    {
        var shell = await _run.ExecuteAsync("--filter", "LeavesAChild", "--silence", "10");

        Assert.Equal(1, shell.Exit);
        Assert.Contains("left a process behind", shell.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 passed, 1 failed, 0 skipped\n", shell.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bogus", "unknown switch --bogus")]
    [InlineData("--suite nowhere", "no such category")]
    [InlineData("--quick --load-only", "one selection at most")]
    [InlineData("--alone none", "a whole number")]
    [InlineData("--filter", "needs a value")]
    [InlineData("--program nowhere", "is not built")]
    [Seed("run.exit-2")]
    public async Task Run_ThatCannotBeDone_ExitsWithTwoAndSaysWhy(string switches, string why)
    {
        var shell = await _run.ExecuteAsync(switches.Split(' '));

        Assert.Equal(2, shell.Exit);
        Assert.Contains(why, shell.Output, StringComparison.Ordinal);
    }
}
