using Microsoft.Extensions.Options;
using Weir.Worker.Ticker.Sinks;

namespace Weir.Worker.Ticker;

/// <summary>
/// One thread that ticks for all streams of the process: a period is cut into ten slots, each stream stands in one, and a slot's ticks
/// go to the log in one write. A thousand streams are a thousand lines and ten writes a period.
/// </summary>
internal sealed class TickWheel : IDisposable
{
    private const int Slots = 10;

    private readonly List<Ticking>[] _slots = [.. Enumerable.Range(0, Slots).Select(_ => new List<Ticking>())];
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _end = new(initialState: false);
    private readonly TickLog _log;
    private readonly SinkWriter _sink;
    private readonly TimeSpan _pause;
    private readonly Thread _thread;
    private volatile bool _ended;
    private int _runs;

    public TickWheel(TickLog log, SinkWriter sink, IOptions<TickerOptions> options)
    {
        (_log, _sink, _pause) = (log, sink, options.Value.Interval / Slots);
        _thread = new Thread(Turn) { Name = "tick wheel", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Puts a stream on the wheel.</summary>
    internal Ticking Add(StreamLease lease, long sequence)
    {
        var ticking = new Ticking(lease, sequence, Interlocked.Increment(ref _runs));
        _log.Say('S', lease, sequence, ticking.Run);
        lock (_lock)
            _slots.MinBy(slot => slot.Count)!.Add(ticking);
        return ticking;
    }

    /// <summary>Takes it off. When this returns, it ticks no more.</summary>
    internal void Remove(Ticking ticking)
    {
        lock (_lock)
            foreach (var slot in _slots)
                slot.Remove(ticking);
        _log.Say('E', ticking.Lease, ticking.Sequence, ticking.Run, ticking.Lease.StopReason.ToString());
    }

    public void Dispose()
    {
        _ended = true;
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private void Turn()
    {
        var ticks = new List<(Ticking, Tick)>();
        var next = _log.Now;
        for (var slot = 0; !_ended; slot = (slot + 1) % Slots)
        {
            next += _pause.Ticks * TimeSpan.NanosecondsPerTick;
            var wait = TimeSpan.FromTicks((next - _log.Now) / TimeSpan.NanosecondsPerTick);
            if (wait > TimeSpan.Zero)
                _end.WaitOne(wait);
            else
                next = _log.Now; // it was held up, or the process paused: no ticks are made up for
            lock (_lock)
                Tick(_slots[slot], ticks);
        }
    }

    private void Tick(List<Ticking> slot, List<(Ticking Stream, Tick Tick)> ticks)
    {
        ticks.Clear();
        foreach (var stream in slot)
        {
            var (lease, epoch) = (stream.Lease, stream.Lease.Epoch);
            if (lease.IsValid && lease.StopReason == StopReason.None)
                ticks.Add((stream, new Tick(lease.Stream.Id, epoch, _log.Worker, lease.Incarnation, ++stream.Sequence, _log.Now)));
        }
        if (ticks.Count == 0)
            return;
        _log.Write(ticks);
        foreach (var (stream, tick) in ticks)
        {
            _sink.Add(stream, tick);
            if (tick.Sequence % 100 == 0)
                stream.Lease.Report(load: 1, position: tick.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
