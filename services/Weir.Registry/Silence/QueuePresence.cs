using Weir.Bus.Names;

namespace Weir.Registry.Silence;

/// <summary>Which queues of worker processes the broker said are gone, and since when on this replica's clock. Thread-safe.</summary>
internal sealed class QueuePresence(MonotonicClock clock)
{
    // A process that is gone for good is asked about for as long as its lease lives; a broker that loses all its queues must not fill memory.
    private const int GoneMax = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TimeSpan> _gone = new(StringComparer.Ordinal);

    /// <summary>Whether the broker tells at all; null until it was asked.</summary>
    internal bool? IsTold { get; set; }

    internal void Gone(string queue)
    {
        lock (_gate)
        {
            if (_gone.Count >= GoneMax) _gone.Clear();
            _gone.TryAdd(queue, clock.Now);
        }
    }

    internal void Back(string queue)
    {
        lock (_gate) _gone.Remove(queue);
    }

    /// <summary>Nothing is known any more: events may have been missed.</summary>
    internal void Forget()
    {
        lock (_gate) _gone.Clear();
    }

    /// <summary>Since when both queues of the process are gone; null while one is there, or is not known to be gone.</summary>
    internal TimeSpan? GoneSince(string worker, string process)
    {
        lock (_gate)
        {
            return _gone.Count > 0
                && _gone.TryGetValue(BrokerNames.WorkerQueue(worker, process), out var commands)
                && _gone.TryGetValue(BrokerNames.WorkerBeatQueue(worker, process), out var beats)
                ? (commands > beats ? commands : beats)
                : null;
        }
    }

    /// <summary>The process's lease needs no watch any more.</summary>
    internal void Done(string worker, string process)
    {
        lock (_gate)
        {
            if (_gone.Count == 0) return;
            _gone.Remove(BrokerNames.WorkerQueue(worker, process));
            _gone.Remove(BrokerNames.WorkerBeatQueue(worker, process));
        }
    }
}
