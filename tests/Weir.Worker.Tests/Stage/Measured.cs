using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Weir.Worker.Tests.Stage;

/// <summary>What one worker's instruments were told.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _told = new();
    private readonly string _worker;

    internal Measured(string worker)
    {
        _worker = worker;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Weir")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument.Name, value, tags));
        _listener.Start();
    }

    /// <summary>The sum of an instrument's values, of those whose tags contain a text.</summary>
    internal double Sum(string name, string tags = "") => _told.Where(one => one.Name == name && one.Tags.Contains(tags, StringComparison.Ordinal)).Sum(one => one.Value);

    internal int Count(string name) => _told.Count(one => one.Name == name);

    internal IEnumerable<string> Tags => _told.Select(one => one.Tags);

    public void Dispose() => _listener.Dispose();

    private void Take(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = tags.ToArray();
        if (all.Any(tag => tag.Key == "weir.worker" && (string?)tag.Value == _worker))
            _told.Enqueue((name, value, string.Join(' ', all.Select(tag => $"{tag.Key}={tag.Value}"))));
    }
}
