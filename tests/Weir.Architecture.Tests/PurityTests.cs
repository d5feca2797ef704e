using System.Diagnostics;
using Weir.Testing.Traits;

namespace Weir.Architecture.Tests;

/// <summary>The compiler keeps the core pure: each thing it must not use is planted in a copy of the project, and the build names each.</summary>
[Integration]
public sealed class PurityTests : IDisposable
{
    private static readonly TimeSpan BuildMax = TimeSpan.FromMinutes(3);

    private static readonly string[] Planted =
    [
        "System.DateTime.UtcNow.ToString()",
        "System.TimeProvider.System.ToString()",
        "System.Diagnostics.Stopwatch.GetTimestamp().ToString()",
        "System.IO.File.ReadAllText(\"x\")",
        "System.Net.Dns.GetHostName()",
        "System.Threading.Tasks.Task.CompletedTask.ToString()",
        "new System.Random(1).ToString()",
        "System.Guid.NewGuid().ToString()",
        "System.Environment.MachineName",
        "\"a\".GetHashCode().ToString()",
    ];

    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("weir-purity-");

    public void Dispose() => _copy.Delete(recursive: true);

    [Fact]
    [Slow]
    public async Task Core_WithAPlantedImpurity_DoesNotCompile()
    {
        foreach (var file in (string[])["Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", "global.json"])
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(_copy.FullName, file));
        var core = _copy.CreateSubdirectory("services").CreateSubdirectory("Weir.Core").FullName;
        foreach (var file in (string[])["Weir.Core.csproj", "BannedSymbols.Core.txt", "packages.lock.json"])
            File.Copy(Path.Combine(Repository.Root, "services", "Weir.Core", file), Path.Combine(core, file));
        var members = Planted.Select((expression, i) => $"    public static string? P{i}() => {expression};");
        File.WriteAllText(Path.Combine(core, "Impure.cs"), $"namespace Weir.Core;\n\ninternal static class Impure\n{{\n{string.Join('\n', members)}\n}}\n");

        var output = await BuildAsync(core);

        var firstLine = 5;
        for (var i = 0; i < Planted.Length; i++)
            Assert.True(
                output.Contains($"Impure.cs({firstLine + i},", StringComparison.Ordinal) && output.Contains("error RS0030", StringComparison.Ordinal),
                $"'{Planted[i]}' in the core compiled:\n{output}");
    }

    private static async Task<string> BuildAsync(string project)
    {
        var start = new ProcessStartInfo("dotnet", ["build", project, "-nologo", "-p:UseSharedCompilation=false"]) { RedirectStandardOutput = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(BuildMax);
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync(limit.Token);
        await build.WaitForExitAsync(limit.Token);
        Assert.NotEqual(0, build.ExitCode);
        return string.Join('\n', output.Split('\n').Where(line => line.Contains("RS0030", StringComparison.Ordinal)));
    }
}
