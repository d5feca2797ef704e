using Weir.Testing.Files;

namespace Weir.Architecture.Tests;

/// <summary>The files of the repository as git would see them: nothing built, nothing ignored.</summary>
internal static class Repository
{
    private static readonly string[] Left = ["artifacts", ".git", ".vs", ".idea", ".weir", "TestResults", "BenchmarkDotNet.Artifacts"];

    internal static string Root => RepositoryRoot.Path;

    /// <summary>Paths from the root, with <c>/</c>, ordered.</summary>
    internal static IReadOnlyList<string> Files(params string[] extensions) =>
        [
            .. Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
                .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
                .Where(path => !path.Split('/').Any(Left.Contains))
                .Where(path => extensions.Length == 0 || extensions.Contains(Path.GetExtension(path)))
                .Order(StringComparer.Ordinal),
        ];

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));
}
