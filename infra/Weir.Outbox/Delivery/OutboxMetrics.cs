using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Weir.Outbox.Lanes;

namespace Weir.Outbox.Delivery;

/// <summary>Meter <c>Weir.Outbox</c>; every instrument carries the lane. COMPAT.md lists them.</summary>
internal sealed class OutboxMetrics<TDbContext> : IDisposable
    where TDbContext : DbContext
{
    private readonly Meter _meter = new("Weir.Outbox");
    private readonly KeyValuePair<string, object?> _lane;
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _lag;
    private readonly Histogram<double> _batch;
    private OutboxDepth _depth = new(0, 0, 0, TimeSpan.Zero);

    public OutboxMetrics(Lane<TDbContext> lane)
    {
        _lane = new KeyValuePair<string, object?>("lane", lane.Settings.Lane);
        _ended = _meter.CreateCounter<long>("weir.outbox.rows", "{row}", "Attempts at rows by how they ended (tag outcome)");
        _lag = _meter.CreateHistogram<double>("weir.outbox.lag", "ms", "From publish to the broker's confirmation");
        _batch = _meter.CreateHistogram<double>("weir.outbox.batch.duration", "ms", "One look that found rows, lock to commit");
        _meter.CreateObservableGauge("weir.outbox.depth", () => Of(_depth.Waiting), "{row}", "Rows that wait for delivery");
        _meter.CreateObservableGauge("weir.outbox.delayed", () => Of(_depth.Delayed), "{row}", "Rows whose time has not come");
        _meter.CreateObservableGauge("weir.outbox.set_aside", () => Of(_depth.SetAside), "{row}", "Rows that cannot be delivered");
        _meter.CreateObservableGauge("weir.outbox.oldest_age", () => Of(_depth.OldestAge.TotalSeconds), "s", "Age of the oldest row that waits");
    }

    public void Sampled(OutboxDepth depth) => Volatile.Write(ref _depth, depth);

    public void Ended(SendOutcome outcome, TimeSpan sincePublished)
    {
        _ended.Add(1, _lane, new KeyValuePair<string, object?>("outcome", Tag(outcome)));
        if (outcome == SendOutcome.Confirmed) _lag.Record(sincePublished.TotalMilliseconds, _lane);
    }

    public void Batch(TimeSpan took) => _batch.Record(took.TotalMilliseconds, _lane);

    public void Dispose() => _meter.Dispose();

    private Measurement<T> Of<T>(T value)
        where T : struct => new(value, _lane);

    private static string Tag(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Confirmed => "confirmed",
        SendOutcome.Returned => "returned",
        SendOutcome.Expired => "expired",
        SendOutcome.OwnFault => "set_aside",
        _ => "try_again",
    };
}
