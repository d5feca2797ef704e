using System.Globalization;

namespace Weir.TestRun;

/// <summary>What a run says: all of it with times in <c>run.log</c>, and on the terminal what a person needs.</summary>
internal sealed class RunLog : IDisposable
{
    private readonly StreamWriter _file;
    private readonly TextWriter _terminal;
    private readonly TimeProvider _clock;

    internal RunLog(string path, TextWriter terminal, TimeProvider clock)
    {
        _file = new StreamWriter(path, append: false) { AutoFlush = true };
        _terminal = terminal;
        _clock = clock;
    }

    /// <summary>A line of the run's own; an empty one is passed over.</summary>
    internal void Say(string line)
    {
        if (line.Length > 0)
            Own(line, show: true);
    }

    /// <summary>A line into the log, shown on the terminal only when asked.</summary>
    internal void Own(string line, bool show)
    {
        _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {line}"));
        if (show)
            _terminal.WriteLine(line);
    }

    public void Dispose() => _file.Dispose();
}
