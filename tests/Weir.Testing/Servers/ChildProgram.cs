using System.Diagnostics;
using Weir.Testing.Servers.Processes;
using Weir.Testing.Waiting;

namespace Weir.Testing.Servers;

/// <summary>
/// A program of this repository as a child process that the test may break: its output goes to a file, it has a session of its own,
/// and it dies with the test process, however that dies.
/// </summary>
public sealed class ChildProgram : IAsyncDisposable
{
    // As for servers: it becomes the program only once the reaper knows of it.
    private const string Gate = """read -r go && exec "$@" >>"$0" 2>&1 </dev/null""";
    private const int LogTail = 4_000;
    private static readonly TimeSpan GoneBound = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private ChildProgram(string name, string folder, Process process) => (Name, Folder, _process, ProcessNumber) = (name, folder, process, process.Id);

    /// <summary>What the test calls it.</summary>
    public string Name { get; }

    /// <summary>Its own folder, gone with the test process.</summary>
    public string Folder { get; }

    /// <summary>What it wrote to its standard output and error.</summary>
    public string LogFile => Path.Combine(Folder, "output.log");

    /// <summary>As the kernel has it.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The same, also when it is gone.</summary>
    public int ProcessNumber { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Starts it.</summary>
    /// <param name="name">For messages and the folder.</param>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Set for the child; a null removes a variable that we have.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<ChildProgram> StartAsync(
        string name, string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new FileNotFoundException($"{name} is not built: there is no {file}", file);
        var session = Session.OfThisProcess;
        var folder = session.NewFolder(name);
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Gate, Path.Combine(folder, "output.log"), file, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        foreach (var (variable, value) in environment) start.Environment[variable] = value;
        var process = Process.Start(start)!;
        session.Reaper.Watch(process.Id);
        await process.StandardInput.WriteLineAsync("go".AsMemory(), cancel);
        process.StandardInput.Close();
        return new ChildProgram(name, folder, process);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => Send(Signal.Kill);

    /// <summary>SIGTERM: it is asked to end.</summary>
    public void Terminate() => Send(Signal.Terminate);

    /// <summary>SIGSTOP: it hangs with all its threads, and does so when this is over.</summary>
    public Task FreezeAsync(CancellationToken cancel)
    {
        Send(Signal.Stop);
        return Eventually.TrueAsync($"{Name} to stand after SIGSTOP", _ => Task.FromResult(ProcessTable.IsStopped(ProcessNumber)), GoneBound, cancel);
    }

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Send(Signal.Continue);

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code: 128 and the signal where one ended it.</returns>
    /// <exception cref="TimeoutException">It did not end; the message holds the end of its output.</exception>
    public async Task<int> EndsAsync(TimeSpan longest, CancellationToken cancel)
    {
        using var bound = Patience.Limit(longest, cancel);
        try
        {
            await _process.WaitForExitAsync(bound.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{Name} did not end in {longest}. The end of its output:\n{Tail()}", late);
        }
    }

    /// <summary>The end of its output.</summary>
    public string Tail()
    {
        if (!File.Exists(LogFile)) return "";
        var log = File.ReadAllText(LogFile);
        return log[Math.Max(0, log.Length - LogTail)..];
    }

    /// <summary>Ends it at once where it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            using var bound = Patience.Limit(GoneBound, CancellationToken.None);
            await _process.WaitForExitAsync(bound.Token);
        }

        Session.OfThisProcess.Reaper.Forget(_process.Id);
        _process.Dispose();
    }

    private void Send(Signal signal)
    {
        if (!_process.HasExited) Posix.Send(_process.Id, signal);
    }
}
