namespace Weir.TestRun;

/// <summary>One built test project: a program that speaks xunit's command line.</summary>
/// <param name="Project">Its name, such as <c>Weir.Core.Tests</c>.</param>
/// <param name="Path">The program.</param>
internal sealed record TestProgram(string Project, string Path)
{
    /// <summary>Every test project of Bus.sln, in the order of their names. What is not built is an error, never passed over.</summary>
    internal static (IReadOnlyList<TestProgram> Found, string? Error) Find(RunOptions options)
    {
        var programs = options.Programs.Count > 0
            ? [.. options.Programs.Select(path => new TestProgram(System.IO.Path.GetFileName(path), path))]
            : InSolution(options.Root);
        if (programs.FirstOrDefault(program => !File.Exists(program.Path)) is { } missing)
            return ([], $"{missing.Project} is not built: {missing.Path} is not there");

        var taken = programs.Where(program => options.Selection.Takes(program.Project)).ToList();
        return taken.Count > 0
            ? (taken, null)
            : ([], $"--suite {options.Selection.Name}: no such category ({string.Join(", ", Selection.Categories)}) "
                + $"or test project ({string.Join(", ", programs.Select(program => program.Project))})");
    }

    private static List<TestProgram> InSolution(string root) =>
        [
            .. File.ReadLines(System.IO.Path.Combine(root, "Bus.sln"))
                .Where(line => line.StartsWith("Project(", StringComparison.Ordinal))
                .Select(line => line.Split('"')[3])
                .Where(name => name.EndsWith(".Tests", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new TestProgram(name, System.IO.Path.Combine(root, "artifacts", "bin", name, "release", name))),
        ];
}
