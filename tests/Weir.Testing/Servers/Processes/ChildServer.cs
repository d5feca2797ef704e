using System.Diagnostics;
using Weir.Testing.Waiting;

namespace Weir.Testing.Servers.Processes;

/// <summary>A server that runs as a child process, as leader of its own session and group.</summary>
internal sealed class ChildServer(ChildCommand command, Session session) : IServerProcess
{
    // The child waits for a line before it becomes the server, and we write that line once the reaper knows of it:
    // there is no moment in which our death would leave it behind.
    private const string Gate = """read -r go && exec "$@" >>"$0" 2>&1 </dev/null""";

    private const int LogTail = 4_000;
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TidyBound = TimeSpan.FromSeconds(3);

    private Process? _leader;

    public async Task StartAsync(CancellationToken cancel)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Gate, command.LogFile, .. command.Line])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = command.Folder,
        };
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;
        _leader = Process.Start(start)!;
        session.Reaper.Watch(_leader.Id);
        await _leader.StandardInput.WriteLineAsync("go".AsMemory(), cancel);
        _leader.StandardInput.Close();
    }

    public async Task KillAsync(CancellationToken cancel)
    {
        if (_leader is not { } leader) return;

        // What ended by itself has given its number back, and its children end with it.
        if (!leader.HasExited) await KillTreeAsync(leader, cancel);
        session.Reaper.Forget(leader.Id);
        _leader = null;
        leader.Dispose();
    }

    public Task FreezeAsync(CancellationToken cancel)
    {
        var leader = Running(Signal.Stop);

        // The leader first: stopped, it starts nothing while we look for its children.
        Posix.Send(leader.Id, Signal.Stop);
        return Eventually.TrueAsync(
            $"all of {command.Name} (group {leader.Id}) to stand after SIGSTOP", _ => Task.FromResult(StopTree(leader.Id)), EndBound, cancel);
    }

    public Task ThawAsync(CancellationToken cancel)
    {
        ContinueTree(Running(Signal.Continue).Id);
        return Task.CompletedTask;
    }

    public async Task<string?> HowEndedAsync(CancellationToken cancel)
    {
        if (_leader is { HasExited: false }) return null;

        var log = await File.ReadAllTextAsync(command.LogFile, cancel);
        return $"{command.Name} exited with {_leader?.ExitCode}. The end of its output:\n{log[Math.Max(0, log.Length - LogTail)..]}";
    }

    public async ValueTask DisposeAsync()
    {
        using var bound = Patience.Limit(EndBound, CancellationToken.None);
        if (_leader is { HasExited: false } && command.EndSignal != Signal.Kill) await EndTidilyAsync(_leader);
        await KillAsync(bound.Token);
        if (Directory.Exists(command.Folder)) Directory.Delete(command.Folder, recursive: true);
    }

    private async Task KillTreeAsync(Process leader, CancellationToken cancel)
    {
        // Stopped first, so that it starts nothing while we look for its children.
        Posix.Send(leader.Id, Signal.Stop);
        var tree = ProcessTable.Read().TreeOf(leader.Id);
        foreach (var process in tree) Posix.Send(process, Signal.Kill);
        await Eventually.TrueAsync(
            $"all of {command.Name} (group {leader.Id}) to be gone after SIGKILL",
            _ => Task.FromResult(leader.HasExited && !ProcessTable.Read().Lives(tree)), EndBound, cancel);
    }

    private async Task EndTidilyAsync(Process leader)
    {
        using var bound = Patience.Limit(TidyBound, CancellationToken.None);
        try
        {
            ContinueTree(leader.Id);
            Posix.Send(leader.Id, command.EndSignal);
            await leader.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            // SIGKILL follows.
        }
    }

    private Process Running(Signal signal) => _leader is { HasExited: false } leader
        ? leader
        : throw new InvalidOperationException($"{command.Name} does not run: start it before {signal}.");

    /// <returns>Whether a look found none that runs on; what does is told to stop.</returns>
    private static bool StopTree(int leader)
    {
        int[] running = [.. ProcessTable.Read().TreeOf(leader).Where(process => !ProcessTable.IsStopped(process))];
        foreach (var process in running) Posix.Send(process, Signal.Stop);
        return running.Length == 0;
    }

    private static void ContinueTree(int leader)
    {
        foreach (var process in ProcessTable.Read().TreeOf(leader)) Posix.Send(process, Signal.Continue);
    }
}
