using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Weir.Worker.Telemetry;

/// <summary>What a worker measures and traces, all under the name <c>Weir</c>; TELEMETRY.md says what each means. No stream's id is on a metric.</summary>
internal sealed class WorkerTelemetry(string worker)
{
    /// <summary>The name of the source and of the meter.</summary>
    internal const string Name = "Weir";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly UpDownCounter<long> Streams = Meter.CreateUpDownCounter<long>("weir.worker.streams", "{stream}", "Streams whose handler has not ended.");
    private static readonly Counter<long> Starts = Meter.CreateCounter<long>("weir.worker.starts", "{stream}", "Handlers that were started.");
    private static readonly Counter<long> Stops = Meter.CreateCounter<long>("weir.worker.stops", "{stream}", "Handlers that have ended, by reason.");
    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>("weir.worker.commands.dropped", "{command}", "Commands for another life of the worker.");
    private static readonly Counter<long> Rejections = Meter.CreateCounter<long>("weir.fence.rejections", "{write}", "Claims and writes that a sink refused for their epoch.");

    // Up to the longest that Fast can wait: a renewal after 6 s comes too late.
    private static readonly Histogram<double> Renewals = Meter.CreateHistogram(
        "weir.lease.renewal.delay", "s", "From the sending of a beat to its acknowledgement.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 6] });

    private readonly KeyValuePair<string, object?> _worker = new("weir.worker", worker);

    internal string Worker => worker;

    internal void Started(string kind)
    {
        Streams.Add(1, _worker, Kind(kind));
        Starts.Add(1, _worker, Kind(kind));
    }

    /// <param name="kind">The stream's kind.</param>
    /// <param name="reason">Why it was told to stop; null when its handler ended of itself.</param>
    internal void Stopped(string kind, StopReason? reason)
    {
        Streams.Add(-1, _worker, Kind(kind));
        Stops.Add(1, _worker, Kind(kind), new("weir.reason", Word(reason)));
    }

    internal void Renewed(TimeSpan delay) => Renewals.Record(delay.TotalSeconds, _worker);

    internal void CommandDropped(string message) => Dropped.Add(1, _worker, new("weir.message", message));

    internal void Fenced() => Rejections.Add(1, _worker);

    private static string Word(StopReason? reason) => reason switch
    {
        StopReason.Released => "released",
        StopReason.Drained => "drained",
        StopReason.LeaseLost => "leaseLost",
        StopReason.Shutdown => "shutdown",
        _ => "failed",
    };

    private static KeyValuePair<string, object?> Kind(string kind) => new("weir.kind", kind);
}
