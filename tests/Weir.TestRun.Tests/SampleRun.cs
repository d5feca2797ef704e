using System.Text.Json;

namespace Weir.TestRun.Tests;

/// <summary>The run program, as tests/run.sh starts it, on the sample test program and in a folder of its own.</summary>
internal sealed class SampleRun : IDisposable
{
    private static readonly string Built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
    private static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("weir-run-");

    internal string Log => File.ReadAllText(Path.Combine(_root.FullName, "artifacts", "test-results", "run.log"));

    internal JsonElement Report
    {
        get
        {
            using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(_root.FullName, "artifacts", "test-results", "report.json")));
            return report.RootElement.Clone();
        }
    }

    internal Task<Shell> ExecuteAsync(params string[] switches) =>
        Shell.RunAsync("dotnet", [BuiltFile("Weir.TestRun", ".dll"), "--root", _root.FullName, "--program", BuiltFile("Weir.TestRun.Sample", ""), .. switches]);

    public void Dispose() => _root.Delete(recursive: true);

    private static string BuiltFile(string project, string extension) => Path.Combine(Built, project, Configuration, project + extension);
}
