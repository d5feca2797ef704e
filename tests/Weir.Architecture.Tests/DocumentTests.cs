using System.Text.RegularExpressions;
using Weir.Testing.Traits;

namespace Weir.Architecture.Tests;

/// <summary>What the documents say is there is there.</summary>
[Unit]
public sealed partial class DocumentTests
{
    private static readonly string[] Parts = ["## Context", "## Decision", "## Consequences", "## Rejected"];

    [Fact]
    public void EveryLink_LeadsToAFile() =>
        Assert.All(Repository.Files(".md"), document =>
        {
            foreach (Match link in Link().Matches(Repository.Read(document)))
            {
                var target = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, link.Groups["path"].Value);
                Assert.True(Path.Exists(target), $"{document} links to {link.Groups["path"].Value}, which is not there");
            }
        });

    [Fact]
    public void EveryDecision_IsNumberedOnceAndHasItsFourParts()
    {
        var decisions = Repository.Files(".md").Where(path => path.StartsWith("infra/adr/", StringComparison.Ordinal)).ToList();

        Assert.True(decisions.Count >= 9);
        Assert.All(decisions, path =>
        {
            Assert.Matches(@"^infra/adr/\d{4}-[a-z0-9-]+\.md$", path);
            Assert.All(Parts, part => Assert.Contains(part, Repository.Read(path), StringComparison.Ordinal));
        });
        Assert.Equal(Enumerable.Range(1, decisions.Count), decisions.Select(path => int.Parse(Path.GetFileName(path)[..4])));
    }

    [Fact]
    public void Readme_NamesItsTwoCommandsAndEveryRoom()
    {
        var readme = Repository.Read("README.md");

        Assert.Contains("tests/run.sh", readme, StringComparison.Ordinal);
        Assert.All(Project.All.Where(project => project.Room != "tests"), project => Assert.Contains(project.Name, readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Architecture_IsAtMost300Lines() => Assert.InRange(Repository.Read("ARCHITECTURE.md").Split('\n').Length, 50, 301);

    [Fact]
    public void EveryTestThatADocumentNames_Exists()
    {
        var sources = string.Join('\n', Repository.Files(".cs").Where(path => path.StartsWith("tests/", StringComparison.Ordinal)).Select(Repository.Read));

        Assert.All(
            TestName().Matches(Repository.Read("ARCHITECTURE.md")),
            name => Assert.Contains($" {name.Groups["test"].Value}(", sources, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)(?<path>[^)#]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"`(\w+Tests\.)?(?<test>[A-Z]\w*_\w+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();
}
