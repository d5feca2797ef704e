using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Weir.Testing.Waiting;

namespace Weir.Cli.Tests.Dev;

/// <summary>`weir dev` as a process, talked to by lines.</summary>
internal sealed partial class DevProgram : IAsyncDisposable
{
    internal const int SigInt = 2;
    internal const int SigTerm = 15;
    internal const int SigStop = 19;

    private readonly StringBuilder _said = new();
    private readonly Process _process;
    private readonly Task _reading;

    private DevProgram(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    internal int Id => _process.Id;

    internal string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    internal static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "weir.exe" : "weir");

    internal static DevProgram Start(params string[] flags) => StartAs(Program, ["dev", .. flags]);

    /// <summary>In a mount namespace of its own, where the test may make folders full or read-only though root runs it.</summary>
    /// <param name="mounts">Shell commands that come before.</param>
    /// <param name="flags">Those of `weir dev`.</param>
    internal static DevProgram StartWith(string mounts, params string[] flags) =>
        StartAs("unshare", ["--user", "--map-root-user", "--mount", "sh", "-ec", $"{mounts}; exec \"$0\" dev \"$@\"", Program, .. flags]);

    internal static DevProgram StartAs(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new DevProgram(Process.Start(start) ?? throw new InvalidOperationException("weir did not start"));
    }

    internal async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for words after a place in what it says.</summary>
    /// <returns>The place behind them.</returns>
    internal async Task<int> SaysAsync(string words, TimeSpan within, CancellationToken cancel, int after = 0)
    {
        try
        {
            await Eventually.TrueAsync($"weir dev to say '{words}'", _ => Task.FromResult(Said.IndexOf(words, after, StringComparison.Ordinal) >= 0 || _process.HasExited), within, cancel);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\nIt said:\n{Said}", late);
        }

        var at = Said.IndexOf(words, after, StringComparison.Ordinal);
        return at >= 0 ? at + words.Length : throw new InvalidOperationException($"weir dev ended with {_process.ExitCode} before it said '{words}'. It said:\n{Said}");
    }

    /// <summary>Waits until all streams run and all workers are there, in whatever order they came.</summary>
    /// <returns>The place behind the words for both.</returns>
    internal async Task<int> RunsAsync(int streams, int workers, TimeSpan within, CancellationToken cancel)
    {
        var all = await SaysAsync(FormattableString.Invariant($"all {streams} streams run on "), within, cancel);
        return Math.Max(all, await SaysAsync(FormattableString.Invariant($"running {streams}, starting 0, unowned 0; {workers} workers live"), within, cancel));
    }

    internal void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    /// <summary>As a terminal's key does: to all processes of the session that it leads.</summary>
    internal void SignalGroup(int signal) => Assert.Equal(0, Kill(-_process.Id, signal));

    internal static void SignalTo(int process, int signal) => Assert.Equal(0, Kill(process, signal));

    internal void KillNow() => _process.Kill();

    internal async Task<int> EndsAsync(TimeSpan within, CancellationToken cancel)
    {
        using var bound = Patience.Limit(within, cancel);
        await _process.WaitForExitAsync(bound.Token);
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
            lock (_said)
                _said.AppendLine(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
