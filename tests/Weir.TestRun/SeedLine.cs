namespace Weir.TestRun;

/// <summary>One line of the document the project starts from, as <c>tests/seed.json</c> lists it.</summary>
/// <param name="Id">How a test names it, such as <c>1.2</c> or <c>error.network.refused</c>.</param>
/// <param name="Section">The heading it stands under.</param>
/// <param name="Text">What it asks for.</param>
/// <param name="Due">True once the work that shows it is done: from then on a run without a passing test for it fails.</param>
internal sealed record SeedLine(string Id, string Section, string Text, bool Due);
