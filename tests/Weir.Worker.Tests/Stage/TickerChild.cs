using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Worker.Tests.Stage;

/// <summary>A ticker as a process of its own.</summary>
internal sealed partial class TickerChild : IAsyncDisposable
{
    internal const int SigTerm = 15;
    internal const int SigContinue = 18;
    internal const int SigStop = 19;

    private readonly Process _process;
    private readonly Task<string> _output;

    private TickerChild(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    internal static TickerChild Start(string worker, BrokerAddress broker, string folder, DatabaseAddress? sink = null, string pool = "default")
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Weir.Worker.Ticker")) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["Weir__Worker__WorkerId"] = worker;
        start.Environment["Weir__Worker__Capacity"] = "1000";
        start.Environment["Weir__Worker__Pool"] = pool;
        start.Environment["Weir__Worker__DataDirectory"] = folder;
        start.Environment["Weir__Bus__Address"] = broker.Amqp.ToString();
        start.Environment["Weir__Ticker__LogDirectory"] = folder;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        if (sink is not null)
        {
            start.Environment["Weir__Ticker__Sink"] = "Postgres";
            start.Environment["Weir__Ticker__ConnectionString"] = sink.ConnectionString;
        }
        return new TickerChild(Process.Start(start)!);
    }

    internal int Id => _process.Id;

    internal void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    internal void KillNow() => _process.Kill();

    internal async Task<int> EndsAsync(CancellationToken cancel)
    {
        using var bound = Patience.Limit(TimeSpan.FromSeconds(40), cancel);
        await _process.WaitForExitAsync(bound.Token);
        return _process.ExitCode;
    }

    /// <summary>The boot-time nanoseconds of each tick of a process, from its log.</summary>
    internal IReadOnlyList<long> Ticks(string folder, string worker)
    {
        var file = Assert.Single(Directory.GetFiles(folder, $"{worker}-{Id}-*.ticks"));
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.StartsWith("T ", StringComparison.Ordinal)).Select(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))];
    }

    internal Task<string> Output => _output;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
