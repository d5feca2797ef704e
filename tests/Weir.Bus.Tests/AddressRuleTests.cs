using Weir.Testing.Files;
using Weir.Testing.Traits;

namespace Weir.Bus.Tests;

/// <summary>No code of the house addresses a queue: the bus would refuse it, and a reader should not meet it at run time.</summary>
[Unit]
public sealed class AddressRuleTests
{
    [Fact]
    public void NoSource_AddressesAQueue()
    {
        var sources = ((string[])["services", "infra", "contracts"])
            .Select(room => Path.Combine(RepositoryRoot.Path, room))
            .SelectMany(room => Directory.EnumerateFiles(room, "*.cs", SearchOption.AllDirectories))
            .ToList();

        Assert.True(sources.Count > 100, $"only {sources.Count} sources were read");
        Assert.DoesNotContain(sources, source => File.ReadAllText(source).Contains("\"queue:", StringComparison.Ordinal));
    }
}
