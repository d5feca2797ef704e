using System.Diagnostics;

namespace Weir.Testing.Servers.Processes;

/// <summary>
/// A shell of its own session that outlives this process by a moment. We hold its standard input; when that closes,
/// by an orderly end or by SIGKILL, it ends every group it was told of and removes the folder and the containers.
/// </summary>
/// <remarks>
/// PR_SET_PDEATHSIG would be shorter and is wrong: it fires when the thread that started the child ends, and threads
/// of the pool do.
/// </remarks>
internal sealed class Reaper
{
    private readonly Process _shell;
    private readonly Lock _gate = new();

    public Reaper(string folder, string label)
    {
        using var script = new StreamReader(typeof(Reaper).Assembly.GetManifestResourceStream("reaper.sh")!);
        _shell = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", script.ReadToEnd(), "reaper", folder, label])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;
    }

    /// <summary>Whether there is a setsid and a docker command for it; else somebody else must see to the containers.</summary>
    public static bool CanRemoveContainers { get; } = OperatingSystem.IsLinux() && (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, "docker")));

    public void Watch(int group) => Tell($"watch {group}");

    /// <summary>The group is gone, and the kernel may give its number to somebody else.</summary>
    public void Forget(int group) => Tell($"forget {group}");

    public void WatchContainers() => Tell("containers");

    private void Tell(string line)
    {
        lock (_gate)
        {
            _shell.StandardInput.WriteLine(line);
            _shell.StandardInput.Flush();
        }
    }
}
