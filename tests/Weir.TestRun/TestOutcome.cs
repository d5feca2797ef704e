namespace Weir.TestRun;

internal enum TestOutcome
{
    Passed,
    Failed,
    Skipped,
}
