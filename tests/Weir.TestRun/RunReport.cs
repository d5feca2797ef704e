using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.TestRun;

/// <summary>What a run leaves for machines: <c>report.json</c>, times in milliseconds with suffix Ms.</summary>
internal sealed record RunReport(
    string Selection,
    int Seed,
    DateTimeOffset Started,
    double ElapsedMs,
    int Passed,
    int Failed,
    int Skipped,
    ServerTally Infra,
    IReadOnlyList<TestResult> Tests)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The line a run ends with.</summary>
    internal string ClosingLine => $"{Passed} passed, {Failed} failed, {Skipped} skipped";

    /// <summary>Skipped is not passed, and a run in which nothing ran has shown nothing.</summary>
    internal RunExit Exit => Failed > 0 ? RunExit.Failed : Passed > 0 ? RunExit.Passed : RunExit.NotDone;

    internal static RunReport Of(RunOptions options, int seed, DateTimeOffset started, TimeSpan elapsed, ServerTally infra, IReadOnlyList<TestResult> tests) =>
        new(
            options.Selection.Name,
            seed,
            started,
            Math.Round(elapsed.TotalMilliseconds),
            tests.Count(test => test.Outcome == TestOutcome.Passed),
            tests.Count(test => test.Outcome == TestOutcome.Failed),
            tests.Count(test => test.Outcome == TestOutcome.Skipped),
            infra,
            tests);

    internal void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json));
}
