using System.Globalization;
using System.Text;

namespace Weir.Worker.Ticker;

/// <summary>
/// The instrument: a file of this process alone, one line an event, given to the system at each write and never fenced. It shows who
/// acted on what and when, whether or not he was allowed to. <see cref="TickLine"/> says what a line looks like.
/// </summary>
internal sealed class TickLog : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly TimeProvider _clock;
    private readonly StringBuilder _lines = new();

    private TickLog(FileStream file, string worker, TimeProvider clock) => (_file, Worker, _clock) = (file, worker, clock);

    internal string Worker { get; }

    internal static TickLog Open(TickerOptions options, string worker, TimeProvider clock)
    {
        Directory.CreateDirectory(options.LogDirectory);
        var name = string.Create(CultureInfo.InvariantCulture, $"{worker}-{Environment.ProcessId}-{clock.GetTimestamp()}.ticks");
        var file = new FileStream(Path.Combine(options.LogDirectory, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var log = new TickLog(file, worker, clock);
        log._lines.Append(TickLine.Head(worker, options.Interval));
        log.Flush();
        return log;
    }

    internal long Now => _clock.GetTimestamp();

    internal void Say(char what, StreamLease lease, long sequence, int run, string? reason = null)
    {
        lock (_lock)
        {
            Add(what, Now, lease, lease.Epoch, sequence, run, reason);
            Flush();
        }
    }

    /// <summary>Adds ticks and gives them to the system in one write, before anything else is done.</summary>
    internal void Write(IReadOnlyList<(Ticking Stream, Tick Tick)> ticks)
    {
        lock (_lock)
        {
            foreach (var (stream, tick) in ticks)
                Add('T', tick.At, stream.Lease, tick.Epoch, tick.Sequence, stream.Run, reason: null);
            Flush();
        }
    }

    public void Dispose() => _file.Dispose();

    private void Add(char what, long at, StreamLease lease, long epoch, long sequence, int run, string? reason)
    {
        var isFenced = lease.Stream.Class == Contracts.Ownership.StreamClass.Fenced;
        new TickLine(what, at, _clock.GetUtcNow().ToUnixTimeMilliseconds(), isFenced, lease.Stream.Id, epoch, sequence, lease.Incarnation, run, reason).AppendTo(_lines);
    }

    private void Flush()
    {
        _file.Write(Encoding.ASCII.GetBytes(_lines.ToString()));
        _lines.Clear();
    }
}
