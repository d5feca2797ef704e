using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Diagnostics.Api;

namespace Weir.Diagnostics.Events;

/// <summary>
/// The latest facts, numbered, and who listens to them. Bounded both ways: old facts go, and a listener that does not keep up is let
/// go. A number is good for one life of this log, which ends with the process and whenever facts may have been missed. Thread-safe.
/// </summary>
internal sealed class EventLog(DiagnosticsProcess process, IOptions<DiagnosticsOptions> options, TimeProvider clock, ILogger<EventLog> logger)
{
    private readonly Lock _lock = new();
    private readonly Queue<EventLine> _kept = [];
    private readonly List<EventListener> _listeners = [];
    private int _lives;
    private long _last;
    private long _keptBytes;

    private string Life => $"{process.Name}.{_lives}";

    /// <summary>Takes a fact in and hands it to everyone.</summary>
    internal void Add(string fact, string? pool, JsonElement body)
    {
        var data = EventLine.Data(new FleetEvent(clock.GetUtcNow(), fact, pool, body));
        lock (_lock) Append(EventLine.Of(Life, ++_last, fact, data));
    }

    /// <summary>Facts may have been missed: whoever listens is told, and no number of before is good any more.</summary>
    internal void Break()
    {
        DiagnosticsLog.Gap(logger);
        lock (_lock)
        {
            var since = $"{Life}.{_last}";
            _lives++;
            _last = 0;
            _kept.Clear();
            _keptBytes = 0;
            Append(Gap(since, "the bus was away and facts may have been missed"));
        }
    }

    /// <summary>Begins to listen; null when too many do already.</summary>
    /// <param name="after">The last id that was heard; null to hear from now on.</param>
    internal EventListener? Listen(string? after)
    {
        lock (_lock)
        {
            if (_listeners.Count >= options.Value.EventClients) return null;
            var listener = new EventListener(Missed(after), Channel.CreateBounded<EventLine>(new BoundedChannelOptions(options.Value.EventsWaiting) { SingleReader = true, SingleWriter = true }));
            _listeners.Add(listener);
            return listener;
        }
    }

    internal void Leave(EventListener listener)
    {
        lock (_lock) _listeners.Remove(listener);
    }

    private void Append(EventLine line)
    {
        _kept.Enqueue(line);
        _keptBytes += line.Bytes.Length;
        while (_kept.Count > options.Value.EventsKept || _keptBytes > options.Value.EventBytesKept) _keptBytes -= _kept.Dequeue().Bytes.Length;
        for (var at = _listeners.Count - 1; at >= 0; at--)
        {
            if (_listeners[at].TryTake(line)) continue;
            DiagnosticsLog.ListenerSlow(logger, options.Value.EventsWaiting);
            _listeners.RemoveAt(at);
        }
    }

    // What came after an id, or a gap where that is not known any more.
    private IReadOnlyList<EventLine> Missed(string? after)
    {
        if (string.IsNullOrEmpty(after)) return [];
        var dot = after.LastIndexOf('.');
        var isOurs = dot > 0 && after[..dot] == Life && long.TryParse(after.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= _last;
        if (!isOurs) return [Gap(after, "this id is of another process, or of before facts may have been missed")];
        var from = long.Parse(after.AsSpan(dot + 1), CultureInfo.InvariantCulture);
        if (from == _last) return [];
        return _kept.TryPeek(out var oldest) && oldest.Number <= from + 1
            ? [.. _kept.Where(line => line.Number > from)]
            : [Gap(after, $"only the latest {_kept.Count} facts are kept")];
    }

    private EventLine Gap(string since, string words)
    {
        var shown = since.Length <= 128 ? since : since[..128];
        return EventLine.Of(Life, _last, "gap", EventLine.Data(new EventGap(shown, words)));
    }
}
