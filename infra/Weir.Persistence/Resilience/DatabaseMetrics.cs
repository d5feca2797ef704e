using System.Diagnostics.Metrics;
using Weir.Persistence.Faults;

namespace Weir.Persistence.Resilience;

/// <summary>How long units of work take and what goes wrong, on meter <c>Weir</c>.</summary>
internal sealed class DatabaseMetrics
{
    internal const string Meter = "Weir";
    internal const string Duration = "weir.database.duration";
    internal const string Errors = "weir.database.errors";

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _errors;

    public DatabaseMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Meter);
        _duration = meter.CreateHistogram<double>(Duration, "ms", "A unit of work over all its tries.");
        _errors = meter.CreateCounter<long>(Errors, "{error}", "Failed tries of units of work.");
    }

    internal void Ended(string operation, string outcome, TimeSpan elapsed) =>
        _duration.Record(elapsed.TotalMilliseconds, new("operation", operation), new("outcome", outcome));

    internal void Failed(string operation, FaultCategory category, bool retried) =>
        _errors.Add(1, new("operation", operation), new("category", category.ToString()), new("retried", retried));
}
