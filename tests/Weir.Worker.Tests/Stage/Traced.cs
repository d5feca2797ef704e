using System.Collections.Concurrent;
using System.Diagnostics;

namespace Weir.Worker.Tests.Stage;

/// <summary>The spans of some sources that have ended.</summary>
internal sealed class Traced : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _ended = new();

    internal Traced(params string[] sources)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The starts of one worker.</summary>
    internal IReadOnlyList<Activity> Starts(string worker) =>
        [.. _ended.Where(span => span.OperationName == "weir.stream.start" && (string?)span.GetTagItem("weir.worker") == worker)];

    public void Dispose() => _listener.Dispose();
}
