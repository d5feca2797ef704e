using System.Text.RegularExpressions;
using Weir.Testing.Files;
using Weir.Testing.Traits;

namespace Weir.Documents.Tests.Readme;

/// <summary>What the README shows is what there is: the sample, the tool's verbs, and the messages under "When something is wrong".</summary>
[Unit]
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Read("README.md");

    [Fact]
    public void Sample_IsTheProgramThatIsCompiled_AndHasSixteenLines()
    {
        var sample = Read("compose/samples/FirstWorker/Program.cs");

        Assert.Contains($"```csharp\n{sample}```", Readme, StringComparison.Ordinal);
        Assert.Equal(16, sample.Split('\n').Count(line => line.Trim().Length > 0));
    }

    [Fact]
    public void EveryMessage_IsSaidByAProgram()
    {
        var sources = string.Join('\n', Sources().Select(File.ReadAllText)) + Read("compose/compose.yaml");
        var messages = Message().Matches(Section("## When something is wrong")).Select(row => row.Groups["words"].Value).ToList();

        Assert.True(messages.Count >= 10, $"only {messages.Count} messages were found in the table");
        Assert.All(messages, message => Assert.True(IsIn(sources, message), $"no program says '{message}'"));
    }

    [Fact]
    public void Planted_MessageThatNobodySays_IsAFault() => Assert.False(IsIn("the store is away", "the shop is away"));

    // Docker puts words of its own before ours.
    private static bool IsIn(string sources, string message) => sources.Contains(message.Replace("is missing a value: ", "", StringComparison.Ordinal), StringComparison.Ordinal);

    private static string Section(string title)
    {
        var from = Readme.IndexOf(title, StringComparison.Ordinal);
        var to = Readme.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
        return Readme[from..(to < 0 ? Readme.Length : to)];
    }

    private static IEnumerable<string> Sources() =>
        from room in (string[])["services", "infra"]
        from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, room), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select file;

    private static string Read(string path) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, path)).Replace("\r\n", "\n", StringComparison.Ordinal);

    [GeneratedRegex(@"^\| `(?<words>[^`]+)`", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Message();
}
