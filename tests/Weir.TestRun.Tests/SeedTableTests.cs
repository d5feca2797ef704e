using Weir.Testing.Files;
using Weir.Testing.Traits;

namespace Weir.TestRun.Tests;

[Unit]
public sealed class SeedTableTests
{
    private static readonly SeedLine Due = new("1.1", "Requirement 1", "redistribution", Due: true);
    private static readonly SeedLine Open = new("1.2", "Requirement 1", "reassignment", Due: false);

    [Fact]
    [Seed("run.all")]
    public void Table_LineWithAPassingTest_IsPassedAndNamesTheTest()
    {
        var markdown = new SeedTable([Due, Open]).ToMarkdown([Result("1.1", TestOutcome.Passed)]);

        Assert.Contains("| 1.1 | redistribution | `PlannerTests.Levels` | passed |", markdown, StringComparison.Ordinal);
        Assert.Contains("| 1.2 | reassignment |  | open |", markdown, StringComparison.Ordinal);
        Assert.Contains("1 of 2 lines", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_DueLineWithoutAPassingTest_IsOne()
    {
        var table = new SeedTable([Due, Open]);

        Assert.Single(table.Faults([]));
        Assert.Contains("skipped", Assert.Single(table.Faults([Result("1.1", TestOutcome.Skipped)])), StringComparison.Ordinal);
        Assert.Empty(table.Faults([Result("1.1", TestOutcome.Passed)]));
    }

    [Fact]
    public void Faults_OneOfTwoTestsFailed_FailsTheLine()
    {
        var faults = new SeedTable([Due]).Faults([Result("1.1", TestOutcome.Passed), Result("1.1", TestOutcome.Failed)]);

        Assert.Contains("failed", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_TestThatShowsAnUnknownLine_IsOne()
    {
        var faults = new SeedTable([Open]).Faults([Result("9.9", TestOutcome.Passed)]);

        Assert.Contains("9.9", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Stale_TableThatWasNotCommitted_IsAFaultUnlessTheRunFailedAnyway()
    {
        var table = new SeedTable([Due]);
        IReadOnlyList<TestResult> passed = [Result("1.1", TestOutcome.Passed)];

        Assert.Empty(table.Stale(passed, table.ToMarkdown(passed)));
        Assert.Single(table.Stale(passed, "an older one"));
        Assert.Single(table.Stale(passed, committed: null));
        Assert.Empty(table.Stale([Result("1.1", TestOutcome.Failed)], "an older one"));
    }

    [Fact]
    public void TheCommittedList_HasEveryLineOnce()
    {
        var table = SeedTable.Read(Path.Combine(RepositoryRoot.Path, "tests", "seed.json"));

        Assert.Contains("of 116 lines", table.ToMarkdown([]), StringComparison.Ordinal);
    }

    private static TestResult Result(string seed, TestOutcome outcome) =>
        new("Weir.Core.Tests", "Weir.Core.Tests.PlannerTests.Levels", "Weir.Core.Tests.PlannerTests.Levels", outcome, 1, null, null, "unit", Slow: false, [seed]);
}
