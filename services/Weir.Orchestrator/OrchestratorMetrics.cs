using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Weir.Core.Assignments;
using Weir.Core.Sagas;

namespace Weir.Orchestrator;

/// <summary>What an operator watches: meter <c>Weir</c>, names <c>weir.orchestrator.*</c>.</summary>
internal sealed class OrchestratorMetrics
{
    private readonly Counter<long> _written;
    private readonly Counter<long> _migrations;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _differences;
    private readonly Histogram<double> _planMs;
    private readonly Histogram<long> _planRead;
    private readonly Histogram<long> _planWritten;
    private readonly ConcurrentDictionary<(string Pool, AssignmentState State), long> _streams = new();
    private readonly ConcurrentDictionary<string, double> _oldestSeconds = new(StringComparer.Ordinal);

    public OrchestratorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Weir");
        _written = meter.CreateCounter<long>("weir.orchestrator.rows.written", description: "Assignment rows written");
        _migrations = meter.CreateCounter<long>("weir.orchestrator.migrations", description: "Migrations that ended, by end");
        _dropped = meter.CreateCounter<long>("weir.orchestrator.plan.dropped", description: "Rows of plans that lost and were planned again");
        _differences = meter.CreateCounter<long>("weir.orchestrator.audit.differences", description: "Assignment rows that an audit found to be others than their changes added up to");
        _planMs = meter.CreateHistogram<double>("weir.orchestrator.plan.duration", "ms", "From snapshot to commit");
        _planRead = meter.CreateHistogram<long>("weir.orchestrator.plan.rows.read", description: "Rows read for one look at a pool");
        _planWritten = meter.CreateHistogram<long>("weir.orchestrator.plan.rows.written", description: "Assignments and migrations written by one plan");
        meter.CreateObservableGauge("weir.orchestrator.streams", Streams, description: "Streams by state");
        meter.CreateObservableGauge("weir.orchestrator.unowned.oldest", Oldest, "s", "How long the longest ownerless stream that may have an owner has none, as this replica saw it");
    }

    internal void Wrote(int rows) => _written.Add(rows);

    internal void Ended(MigrationState end) => _migrations.Add(1, new KeyValuePair<string, object?>("end", end.ToString()));

    internal void Read(string pool, int rows) => _planRead.Record(rows, new KeyValuePair<string, object?>("pool", pool));

    internal void Audited(string pool, int differences) => _differences.Add(differences, new KeyValuePair<string, object?>("pool", pool));

    internal void Planned(string pool, double elapsedMs, int written, int dropped)
    {
        var tag = new KeyValuePair<string, object?>("pool", pool);
        _planMs.Record(elapsedMs, tag);
        _planWritten.Record(written, tag);
        _dropped.Add(dropped, tag);
    }

    internal void Stand(string pool, IReadOnlyDictionary<AssignmentState, long> streams, double oldestSeconds)
    {
        foreach (var state in Enum.GetValues<AssignmentState>())
            _streams[(pool, state)] = streams.GetValueOrDefault(state);
        _oldestSeconds[pool] = oldestSeconds;
    }

    private IEnumerable<Measurement<long>> Streams() => _streams.Select(one => new Measurement<long>(
        one.Value, new KeyValuePair<string, object?>("pool", one.Key.Pool), new KeyValuePair<string, object?>("state", one.Key.State.ToString())));

    private IEnumerable<Measurement<double>> Oldest() =>
        _oldestSeconds.Select(one => new Measurement<double>(one.Value, new KeyValuePair<string, object?>("pool", one.Key)));
}
