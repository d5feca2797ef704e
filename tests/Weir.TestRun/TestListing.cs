using System.Diagnostics;
using System.Text.Json;

namespace Weir.TestRun;

/// <summary>The tests a program holds, asked of the program itself.</summary>
/// <param name="Program">Where it is.</param>
/// <param name="Id">xunit's own id of the test case: what a run of this test alone names.</param>
/// <param name="Name">Class, method and arguments.</param>
/// <param name="Category">Its category, or <c>none</c>.</param>
internal sealed record TestListing(TestProgram Program, string Id, string Name, string Category)
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(60);

    internal static async Task<IReadOnlyList<TestListing>> AskAsync(TestProgram program, IReadOnlyList<string> filters, TimeProvider clock)
    {
        var start = new ProcessStartInfo(program.Path) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["-list", "full/json", "-noColor", .. filters])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(AnswerMax, clock);
        var answer = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);

        var array = answer.IndexOf('[', StringComparison.Ordinal);
        using var json = JsonDocument.Parse(array < 0 ? "[]" : answer[array..]);
        return [.. json.RootElement.EnumerateArray().Select(test => From(program, test)).OrderBy(test => test.Name, StringComparer.Ordinal)];
    }

    private static TestListing From(TestProgram program, JsonElement test) =>
        new(
            program,
            test.GetProperty("ID").GetString()!,
            test.GetProperty("DisplayName").GetString()!,
            test.TryGetProperty("Traits", out var traits) && traits.TryGetProperty("Category", out var category) ? category[0].GetString()! : "none");
}
