using System.Diagnostics.Metrics;

namespace Weir.Registry;

/// <summary>Meter <c>Weir.Registry</c>: how many beats came, and in how many statements they were renewed.</summary>
internal sealed class RegistryMetrics
{
    internal const string MeterName = "Weir.Registry";

    private readonly Counter<long> _beats;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _lost;

    public RegistryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _beats = meter.CreateCounter<long>("weir.registry.beats", "{beat}", "Beats, by whether they renewed a lease.");
        _batches = meter.CreateCounter<long>("weir.registry.beat_batches", "{batch}", "Statements that renewed leases.");
        _lost = meter.CreateCounter<long>("weir.registry.lost", "{worker}", "Incarnations that were fenced, by reason.");
    }

    internal void Batch(int beats, int renewed)
    {
        _batches.Add(1);
        _beats.Add(renewed, new KeyValuePair<string, object?>("renewed", true));
        if (beats > renewed) _beats.Add(beats - renewed, new KeyValuePair<string, object?>("renewed", false));
    }

    internal void Lost(string reason) => _lost.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
