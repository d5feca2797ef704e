using System.Diagnostics.Metrics;

namespace Weir.Monitor;

/// <summary>Counters of what was heard: meter <c>Weir</c>, names <c>weir.monitor.*</c>.</summary>
internal sealed class MonitorMetrics
{
    private readonly Counter<long> _facts;
    private readonly Counter<long> _faults;

    public MonitorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Weir");
        _facts = meter.CreateCounter<long>("weir.monitor.facts", description: "Facts heard, by fact and pool");
        _faults = meter.CreateCounter<long>("weir.monitor.faults", description: "Messages parked, by message");
    }

    internal void Heard(string fact, string pool) =>
        _facts.Add(1, new KeyValuePair<string, object?>("fact", fact), new KeyValuePair<string, object?>("pool", pool));

    internal void Parked(string message) => _faults.Add(1, new KeyValuePair<string, object?>("message", message));
}
