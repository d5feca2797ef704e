using Weir.Testing.Traits;

namespace Weir.TestRun.Tests;

/// <summary>Each switch selects exactly its own, shown on a program with one test class a category.</summary>
[Integration]
public sealed class SwitchTests : IDisposable
{
    private readonly SampleRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("", "chaos integration load simulation unit")]
    [InlineData("--unit-only", "unit")]
    [InlineData("--integration-only", "integration")]
    [InlineData("--load-only", "load")]
    [InlineData("--no-load-tests", "chaos integration simulation unit")]
    [InlineData("--suite chaos", "chaos")]
    [InlineData("--suite simulation", "simulation")]
    [InlineData("--suite Weir.TestRun.Sample", "chaos integration load simulation unit")]
    [InlineData("--quick", "unit")]
    [Seed("run.unit-only")]
    [Seed("run.integration-only")]
    [Seed("run.load-only")]
    [Seed("run.no-load-tests")]
    [Seed("run.quick")]
    public async Task List_WithASwitch_NamesExactlyItsCategories(string switches, string categories)
    {
        var shell = await _run.ExecuteAsync([.. switches.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--list"]);

        var listed = shell.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).Distinct().Order();
        Assert.Equal(0, shell.Exit);
        Assert.Equal(categories, string.Join(' ', listed));
    }

    [Fact]
    [Seed("run.one-test")]
    public async Task Filter_NameOfOneTest_RunsItAlone()
    {
        var shell = await _run.ExecuteAsync("--filter", "*PassingSamples.Passes");

        Assert.EndsWith("\n1 passed, 0 failed, 0 skipped\n", shell.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Slow]
    [Seed("run.isolation")]
    public async Task Alone_DrawsThatManyTests_EachInAProcessOfItsOwn_AndTheSeedRepeatsTheDraw()
    {
        var first = await _run.ExecuteAsync("--unit-only", "--alone", "2", "--seed", "11", "--verbose");
        var drawn = Passed(first);
        var second = await _run.ExecuteAsync("--unit-only", "--alone", "2", "--seed", "11", "--verbose");

        Assert.Equal(0, first.Exit);
        Assert.Equal(2, first.Output.Split('\n').Count(line => line.StartsWith("Weir.TestRun.Sample:", StringComparison.Ordinal)));
        Assert.NotEmpty(drawn);
        Assert.Equal(drawn, Passed(second));
    }

    [Fact]
    [Seed("run.verbose")]
    public async Task Verbose_ShowsEachTestAndWhatTheProgramWrites()
    {
        var quiet = await _run.ExecuteAsync("--unit-only");
        var verbose = await _run.ExecuteAsync("--unit-only", "--verbose");

        Assert.DoesNotContain("passed Weir.TestRun.Sample.PassingSamples.PassesForEach(row: 1)", quiet.Output, StringComparison.Ordinal);
        Assert.Contains("passed Weir.TestRun.Sample.PassingSamples.PassesForEach(row: 1)", verbose.Output, StringComparison.Ordinal);
        Assert.Contains("[weir-infra] a line of the program's own", quiet.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Seed("run.json-report")]
    [Seed("run.log")]
    public async Task Run_LeavesAReportForMachinesAndALogWithTimes()
    {
        await _run.ExecuteAsync("--unit-only", "--seed", "3");

        var report = _run.Report;
        Assert.Equal(4, report.GetProperty("passed").GetInt32());
        Assert.Equal(3, report.GetProperty("seed").GetInt32());
        Assert.Equal("unit", report.GetProperty("selection").GetString());
        Assert.All(report.GetProperty("tests").EnumerateArray(), test => Assert.Equal("passed", test.GetProperty("outcome").GetString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z selection unit, seed 3\n", _run.Log);
    }

    private static string[] Passed(Shell shell) =>
        [.. shell.Output.Split('\n').Where(line => line.StartsWith("passed ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];
}
