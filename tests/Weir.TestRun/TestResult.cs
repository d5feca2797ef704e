namespace Weir.TestRun;

/// <summary>How one test ended. A crash or a hang of a whole program is a result too: a failure named after the program.</summary>
/// <param name="Project">The test project.</param>
/// <param name="Name">Class, method and, for a theory, its arguments.</param>
/// <param name="Method">Class and method.</param>
/// <param name="Outcome">A skipped test never counts as passed.</param>
/// <param name="Ms">How long it took, in milliseconds.</param>
/// <param name="Message">Why it failed or was skipped.</param>
/// <param name="Detail">Stack trace and what the test wrote.</param>
/// <param name="Category">Its one category, or null where it carries none.</param>
/// <param name="Slow">Marked as taking more than 2 s.</param>
/// <param name="Seeds">The lines of the seed it shows.</param>
internal sealed record TestResult(
    string Project,
    string Name,
    string Method,
    TestOutcome Outcome,
    double Ms,
    string? Message,
    string? Detail,
    string? Category,
    bool Slow,
    IReadOnlyList<string> Seeds);
