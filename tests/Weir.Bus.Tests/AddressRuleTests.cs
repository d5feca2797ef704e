using System.Runtime.CompilerServices;
using Weir.Testing.Traits;

namespace Weir.Bus.Tests;

/// <summary>No code of the house addresses a queue: the bus would refuse it, and a reader should not meet it at run time.</summary>
[Unit]
public sealed class AddressRuleTests
{
    [Fact]
    public void NoSource_AddressesAQueue()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));
        var sources = ((string[])["services", "infra", "contracts"])
            .Select(room => Path.Combine(root, room))
            .Where(Directory.Exists)
            .SelectMany(room => Directory.EnumerateFiles(room, "*.cs", SearchOption.AllDirectories));

        Assert.DoesNotContain(sources, source => File.ReadAllText(source).Contains("\"queue:", StringComparison.Ordinal));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
