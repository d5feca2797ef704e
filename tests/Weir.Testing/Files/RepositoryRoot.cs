namespace Weir.Testing.Files;

/// <summary>
/// The repository that a test program was built in. Found from the program, not from a source path: CI builds write
/// <c>/_/</c> in place of those, so that two builds are the same to the byte.
/// </summary>
public static class RepositoryRoot
{
    /// <summary>The folder that holds Bus.sln.</summary>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Bus.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"no Bus.sln above {from}: run the tests from where they were built");
    }
}
