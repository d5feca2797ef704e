namespace Weir.Testing.Servers.Processes;

/// <summary>How PostgreSQL runs as a child: a fresh data folder, loopback only.</summary>
internal static class LocalDatabase
{
    private const string User = "postgres";

    public static async Task<ChildCommand> PrepareAsync(InstalledPrograms programs, int port, Session session, CancellationToken cancel)
    {
        var folder = session.NewFolder("postgres");
        var data = Path.Combine(folder, "data");
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, BrokerAddress.Own.Password, cancel);
        await Tool.GiveAsync(folder, User, cancel);
        string[] init =
        [
            "-D", data, "-U", BrokerAddress.Own.UserName, "--pwfile", password,
            "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        ];
        await Tool.RunAsync(Command(programs.InitDb!, init, folder), cancel);
        return Command(programs.Postgres!, ["-D", data, .. Settings(port)], folder);
    }

    private static string[] Settings(int port) =>
    [
        "-p", $"{port}",
        "-c", "listen_addresses=127.0.0.1",
        "-c", "unix_socket_directories=",
        // Killing a process loses nothing that it has written; only a power cut would, and these tests cause none.
        "-c", "fsync=off",
        "-c", "max_connections=300",
        "-c", "shared_buffers=64MB",
        // In the data folder and not in /dev/shm, where a kill would leave it.
        "-c", "dynamic_shared_memory_type=mmap",
    ];

    private static ChildCommand Command(string file, IReadOnlyList<string> arguments, string folder) =>
        new("postgres", file, arguments, folder)
        {
            User = User,
            // An immediate shutdown, which frees the shared memory that SIGKILL would leave.
            EndSignal = Signal.Quit,
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["PGDATA"] = null,
                ["PGPORT"] = null,
                ["LANG"] = "C.UTF-8",
                ["LC_ALL"] = null,
            },
        };
}
