using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Weir.Cli.Dev.Fleet;

/// <summary>
/// Workers as processes of their own, this program started anew each time. What they must know that is secret goes to them through
/// their environment; what they shall do, through their standard input, whose end tells them that this process is gone.
/// </summary>
internal sealed class ChildFleet(RealParts real, DataFolder data) : IFleet
{
    private readonly List<(string Worker, Process Process)> _children = [];
    private readonly ConcurrentDictionary<int, bool> _told = new();

    public Action<string, int, string>? Ended { get; set; }

    public IReadOnlyList<string> Running
    {
        get
        {
            lock (_children)
                return [.. _children.Select(one => one.Worker)];
        }
    }

    public Task AddAsync(string worker, double capacity, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(Program, [.. ProgramArguments, WorkerVerb.Name, worker, capacity.ToString(CultureInfo.InvariantCulture), data.Path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[WorkerVerb.BusVariable] = real.Bus.OriginalString;
        start.Environment[WorkerVerb.StoreVariable] = real.Store.Text;
        var process = Process.Start(start) ?? throw new DevRefusedException($"The process of worker {worker} could not be started");
        lock (_children)
            _children.Add((worker, process));
        _ = WatchAsync(worker, process);
        return Task.CompletedTask;
    }

    /// <summary>SIGKILL, as an operator's kill -9.</summary>
    public async Task CrashAsync(string worker)
    {
        if (Tell(worker) is not { } process)
            return;
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async Task DrainAsync(string worker)
    {
        if (Tell(worker) is not { } process)
            return;
        await WordAsync(process, WorkerVerb.Drain);
        await process.WaitForExitAsync();
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        var all = Running.Select(Tell).OfType<Process>().ToList();
        foreach (var process in all)
            await WordAsync(process, WorkerVerb.Stop);
        await Task.WhenAll(all.Select(process => process.WaitForExitAsync(cancel)));
    }

    public void KillAll()
    {
        lock (_children)
            foreach (var (_, process) in _children.Where(child => !child.Process.HasExited))
                process.Kill();
    }

    // Where the runtime was given a library to run, that is the program.
    private static string Program => Environment.ProcessPath ?? throw new DevRefusedException("The path of this program is not known, so that no worker can be started");

    private static IEnumerable<string> ProgramArguments =>
        Path.GetFileNameWithoutExtension(Program) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "weir.dll")] : [];

    /// <returns>Null when it runs no more.</returns>
    private Process? Tell(string worker)
    {
        lock (_children)
        {
            var process = _children.FirstOrDefault(one => one.Worker == worker).Process;
            if (process is not null)
                _told[process.Id] = true;
            return process;
        }
    }

    private static async Task WordAsync(Process process, string word)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(word);
            await process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has gone already.
        }
    }

    private async Task WatchAsync(string worker, Process process)
    {
        var words = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        lock (_children)
            _children.RemoveAll(one => one.Process == process);
        if (!_told.TryRemove(process.Id, out _))
            Ended?.Invoke(worker, process.ExitCode, Last(words));
        process.Dispose();
    }

    private static string Last(string[] words) =>
        words.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).LastOrDefault() ?? "";
}
