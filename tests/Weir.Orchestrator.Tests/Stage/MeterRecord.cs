using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>What one replica of this process measures; others that run beside it have meters of their own.</summary>
internal sealed class MeterRecord : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _heard = new();

    internal MeterRecord(IServiceProvider services)
    {
        var own = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, own)) listener.EnableMeasurementEvents(instrument, null);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The sum of an instrument's measurements, those with such a tag.</summary>
    internal double Sum(string instrument, string tag = "") => Of(instrument, tag).Sum();

    internal IReadOnlyList<double> Of(string instrument, string tag = "") =>
        [.. _heard.Where(one => one.Name == instrument && one.Tags.Contains(tag, StringComparison.Ordinal)).Select(one => one.Value)];

    /// <summary>What a gauge stands at now.</summary>
    internal double Now(string gauge, string tag = "")
    {
        var before = Of(gauge, tag).Count;
        _listener.RecordObservableInstruments();
        return Of(gauge, tag).Skip(before).Single();
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = "";
        foreach (var tag in tags) text += $"{tag.Key}={tag.Value};";
        _heard.Enqueue((instrument.Name, value, text));
    }
}
