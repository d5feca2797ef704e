using System.Diagnostics;
using Weir.Testing.Servers;
using Weir.Testing.Servers.Processes;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Servers;

[Chaos, Slow]
public sealed class ReaperTests
{
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan ReapBound = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ContainerReapBound = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TestProcess_KilledWithLocalServers_LeavesNoProcessFolderOrSharedMemory()
    {
        var obstacle = await TestServers.Local.ObstacleAsync(Cancel);
        Assert.SkipUnless(obstacle is null, $"local: {obstacle}");
        using var host = Start(ServerKind.Local);
        var (_, folder) = await SessionAsync(host);
        var tree = Tree(host.Id, folder);
        var memory = SharedMemory(folder);
        Assert.True(tree.Count > 8, $"broker, database and epmd are more than {tree.Count} processes");
        Assert.Contains(memory, Segments());

        Posix.Send(host.Id, Signal.Kill);

        await Eventually.TrueAsync(
            $"the processes {string.Join(' ', tree)} and {folder} to be gone",
            _ => Task.FromResult(!ProcessTable.Read().Lives(tree) && !Directory.Exists(folder)), ReapBound, Cancel);
        Assert.DoesNotContain(memory, Segments());
    }

    [Fact]
    public async Task TestProcess_KilledWithContainers_LeavesNone()
    {
        var obstacle = await TestServers.Docker.ObstacleAsync(Cancel);
        Assert.SkipUnless(obstacle is null, $"docker: {obstacle}");
        using var host = Start(ServerKind.Docker);
        var (id, _) = await SessionAsync(host);
        Assert.Equal(2, (await ContainersAsync(id)).Count);

        Posix.Send(host.Id, Signal.Kill);

        await Eventually.TrueAsync(
            $"the containers of session {id} to be gone", async _ => (await ContainersAsync(id)).Count == 0, ContainerReapBound, Cancel);
    }

    private static async Task<IReadOnlyList<string>> ContainersAsync(string session)
    {
        using var docker = Process.Start(new ProcessStartInfo("docker", ["ps", "-aq", "--filter", $"label={Session.LabelKey}={session}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        return (await docker.StandardOutput.ReadToEndAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process Start(ServerKind kind) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [DoomedHost.Switch, ServerLog.Word(kind)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    private static async Task<(string Id, string Folder)> SessionAsync(Process host)
    {
        using var bound = Patience.Limit(StartBound, Cancel);
        while (await host.StandardOutput.ReadLineAsync(bound.Token) is { } line)
        {
            if (line.Split(':') is [var word, var id, var folder] && word + ":" == DoomedHost.Ready) return (id, folder);
        }

        throw new InvalidOperationException($"The process {host.Id} that was to be killed ended by itself; its errors stand above.");
    }

    /// <summary>What the host started, from the table; and whatever works in its folder, however far it strayed.</summary>
    private static IReadOnlyList<int> Tree(int host, string folder)
    {
        var descendants = ProcessTable.Read().TreeOf(host).Where(p => p != host);
        var inFolder = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(p => p!.All(char.IsAsciiDigit) && WorksIn($"/proc/{p}/cwd", folder)).Select(p => int.Parse(p!));
        return [.. descendants.Union(inFolder)];
    }

    private static bool WorksIn(string link, string folder)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName.StartsWith(folder, StringComparison.Ordinal) == true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // ended, or another user's
        }
    }

    /// <summary>The id of the segment that the database's pid file names, in its seventh line.</summary>
    private static string SharedMemory(string folder)
    {
        var file = Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single();
        return File.ReadLines(file).ElementAt(6).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
    }

    private static IReadOnlyList<string> Segments() =>
        [.. File.ReadLines("/proc/sysvipc/shm").Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])];
}
