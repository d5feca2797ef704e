using System.Runtime.InteropServices;

namespace Weir.Cli.Dev;

/// <summary>When to stop, and with what exit code. The first signal stops in order, the second at once.</summary>
internal sealed class Stopping : IDisposable
{
    private const int AtOnce = 130;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _signals;
    private readonly Terminal _terminal;
    private int _signalled;
    private volatile Action? _first;
    private volatile IReadOnlyList<string> _remembered = [];

    internal Stopping(Terminal terminal)
    {
        _terminal = terminal;
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    internal CancellationToken Token => _stop.Token;

    internal int ExitCode { get; private set; } = Cli.ExitCode.Ok;

    internal void Quit() => _stop.Cancel();

    /// <summary>What must be done before the process ends at once: the terminal is to be given back.</summary>
    internal void BeforeTheEnd(Action first) => _first = first;

    /// <summary>Ends the process now, with what still runs in it.</summary>
    internal void EndNow(int exitCode, string words)
    {
        _first?.Invoke();
        _terminal.Words.WriteLine(words);
        _terminal.Words.Flush();
        Environment.Exit(exitCode);
    }

    /// <summary>Stops because something has failed.</summary>
    internal void Fail(string words)
    {
        if (_stop.IsCancellationRequested)
            return;
        ExitCode = Cli.ExitCode.Failed;
        _terminal.Words.WriteLine(words);
        _stop.Cancel();
    }

    /// <summary>The run goes on, and has not done what it was asked for: said again at its end.</summary>
    internal void Remember(IReadOnlyList<string> words) => (_remembered, ExitCode) = (words, Cli.ExitCode.Failed);

    /// <summary>Says what was remembered.</summary>
    internal void Repeat()
    {
        foreach (var line in _remembered)
            _terminal.Words.WriteLine(line);
    }

    /// <summary>Waits for a part of the run. One that fails, or ends though it was not to, ends the run.</summary>
    internal async Task WhenItEnds(Task part, bool mayEnd = false)
    {
        try
        {
            await part;
            if (!mayEnd)
                Quit();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
        catch (Exception e) when (e is not Core.Invariants.InvariantViolatedException)
        {
            Fail($"weir dev cannot go on: {e.Message}");
        }
    }

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        // Also after q, or a fault: it is stopping already, and not fast enough for somebody.
        if (Interlocked.Increment(ref _signalled) > 1 || _stop.IsCancellationRequested)
            EndNow(AtOnce, "Stopped at once, before all had stopped in order. The state stays as it was written: the same command goes on from there.");
        _stop.Cancel();
    }
}
