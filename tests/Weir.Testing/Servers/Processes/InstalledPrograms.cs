namespace Weir.Testing.Servers.Processes;

/// <summary>Where the servers' programs are on this machine; null for one that is not installed.</summary>
internal sealed record InstalledPrograms(string? RabbitMq, string? Epmd, string? Postgres, string? InitDb)
{
    /// <param name="path">The variable PATH.</param>
    /// <param name="exists">Whether there is such a file.</param>
    /// <param name="postgresVersions">Debian's folder with one folder for each installed major version.</param>
    public static InstalledPrograms Find(string? path, Func<string, bool> exists, IEnumerable<string> postgresVersions)
    {
        var onPath = (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        // Not Debian's wrapper in /usr/sbin, which insists on its own user and sends the output elsewhere.
        string[] rabbit = ["/usr/lib/rabbitmq/bin", .. onPath];
        string[] postgres = [.. postgresVersions.OrderByDescending(Major).Select(v => Path.Combine(v, "bin")), .. onPath];
        return new InstalledPrograms(
            First(rabbit, "rabbitmq-server"), First(onPath, "epmd"), First(postgres, "postgres"), First(postgres, "initdb"));

        string? First(IEnumerable<string> folders, string program) => folders.Select(f => Path.Combine(f, program)).FirstOrDefault(exists);
    }

    public static InstalledPrograms OnThisMachine()
    {
        const string versions = "/usr/lib/postgresql";
        return Find(
            Environment.GetEnvironmentVariable("PATH"), File.Exists, Directory.Exists(versions) ? Directory.GetDirectories(versions) : []);
    }

    /// <summary>Which are missing, or null where all are there.</summary>
    public string? Obstacle()
    {
        (string Name, string? File)[] wanted =
            [("rabbitmq-server", RabbitMq), ("epmd", Epmd), ("postgres", Postgres), ("initdb", InitDb)];
        string[] missing = [.. wanted.Where(w => w.File is null).Select(w => w.Name)];
        return missing.Length == 0 ? null : $"not installed: {string.Join(", ", missing)}";
    }

    private static int Major(string folder) => int.TryParse(Path.GetFileName(folder), out var major) ? major : 0;
}
