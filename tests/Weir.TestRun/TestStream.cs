using System.Text;
using System.Text.Json;

namespace Weir.TestRun;

/// <summary>
/// Reads what a test program writes: xunit's JSON messages, a line each, between lines of the program's own. It keeps
/// what is under way, so that a program that dies or hangs can be told by the tests it was in.
/// </summary>
internal sealed class TestStream(string project)
{
    private const int OwnOutputMax = 200;

    private readonly Dictionary<string, Started> _underWay = new(StringComparer.Ordinal);
    private readonly Queue<string> _ownOutput = new();

    internal List<TestResult> Results { get; } = [];

    internal IEnumerable<string> UnderWay => _underWay.Values.Select(test => test.Name);

    /// <summary>The last 200 lines that were not xunit's.</summary>
    internal IEnumerable<string> OwnOutput => _ownOutput;

    /// <summary>xunit said that it had come to its end.</summary>
    internal bool Finished { get; private set; }

    /// <summary>Takes one line. Gives the result it completes, if any.</summary>
    internal TestResult? Take(string line)
    {
        if (!line.StartsWith("{\"$type\"", StringComparison.Ordinal))
        {
            KeepOwn(line);
            return null;
        }

        using var message = JsonDocument.Parse(line);
        var root = message.RootElement;
        var type = Text(root, "$type");
        switch (type)
        {
            case "test-starting":
                _underWay[Text(root, "TestUniqueID")] = Started.From(root);
                return null;
            case "test-passed":
                return Complete(root, TestOutcome.Passed, message: null, detail: null);
            case "test-skipped":
                return Complete(root, TestOutcome.Skipped, Text(root, "Reason"), detail: null);
            case "test-failed":
                return Complete(root, TestOutcome.Failed, Failure(root), Stack(root));
            case "test-assembly-finished":
                Finished = true;
                return null;
            case "error" or "fatal-error":
            case not null when type.EndsWith("-cleanup-failure", StringComparison.Ordinal):
                return Add(Outside(type, Failure(root), Stack(root)));
            default:
                return null;
        }
    }

    /// <summary>A failure that belongs to no single test: a crash, a hang, a clean-up that threw.</summary>
    internal TestResult Outside(string what, string message, string? detail) =>
        new(project, $"{project} ({what})", project, TestOutcome.Failed, Ms: 0, message, detail, Category: null, Slow: false, Seeds: []);

    internal TestResult Add(TestResult result)
    {
        Results.Add(result);
        return result;
    }

    private TestResult? Complete(JsonElement root, TestOutcome outcome, string? message, string? detail)
    {
        if (!_underWay.Remove(Text(root, "TestUniqueID"), out var test))
            return null;

        var output = Text(root, "Output");
        var ms = root.TryGetProperty("ExecutionTime", out var seconds) ? seconds.GetDouble() * 1000 : 0;
        return Add(new(project, test.Name, test.Method, outcome, ms, message, output.Length > 0 ? $"{detail}\n{output}" : detail, test.Category, test.Slow, test.Seeds));
    }

    private void KeepOwn(string line)
    {
        if (line.Length == 0)
            return;
        _ownOutput.Enqueue(line);
        while (_ownOutput.Count > OwnOutputMax)
            _ownOutput.Dequeue();
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Failure(JsonElement root) => Joined(root, "Messages");

    private static string Stack(JsonElement root) => Joined(root, "StackTraces");

    private static string Joined(JsonElement root, string name)
    {
        var text = new StringBuilder();
        if (root.TryGetProperty(name, out var parts) && parts.ValueKind == JsonValueKind.Array)
            foreach (var part in parts.EnumerateArray())
                text.Append(text.Length > 0 ? "\n" : "").Append(part.GetString());
        return text.ToString();
    }

    private sealed record Started(string Name, string Method, string? Category, bool Slow, IReadOnlyList<string> Seeds)
    {
        internal static Started From(JsonElement root)
        {
            var name = Text(root, "TestDisplayName");
            var arguments = name.IndexOf('(', StringComparison.Ordinal);
            return new(
                name,
                arguments < 0 ? name : name[..arguments],
                Trait(root, "Category").FirstOrDefault(),
                Trait(root, "Slow").Contains("yes", StringComparer.Ordinal),
                Trait(root, "Seed"));
        }

        private static IReadOnlyList<string> Trait(JsonElement root, string name) =>
            root.TryGetProperty("Traits", out var traits) && traits.ValueKind == JsonValueKind.Object && traits.TryGetProperty(name, out var values)
                ? [.. values.EnumerateArray().Select(value => value.GetString()!)]
                : [];
    }
}
