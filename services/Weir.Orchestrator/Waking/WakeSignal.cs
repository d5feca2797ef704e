using System.Collections.Concurrent;

namespace Weir.Orchestrator.Waking;

/// <summary>
/// Wakes the planner's loop. A wake-up that comes while the loop works is kept: it looks once more afterwards. Carries which pools a
/// person wants level at once.
/// </summary>
internal sealed class WakeSignal : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, bool> _rebalance = new(StringComparer.Ordinal);

    internal void Wake()
    {
        lock (_lock)
            if (_signal.CurrentCount == 0)
                _signal.Release();
    }

    /// <summary>The next plan of the pool goes to the inner band whatever the outer one says.</summary>
    internal void Rebalance(string pool)
    {
        _rebalance[pool] = true;
        Wake();
    }

    /// <summary>Whether that was asked for since it was last taken.</summary>
    internal bool TakeRebalance(string pool) => _rebalance.TryRemove(pool, out _);

    internal bool IsRebalanceWanted(string pool) => _rebalance.ContainsKey(pool);

    /// <summary>Waits for a wake-up, no longer than <paramref name="most"/>.</summary>
    /// <returns>Whether somebody called.</returns>
    internal async Task<bool> WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken cancel)
    {
        using var bound = new CancellationTokenSource(most, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, bound.Token);
        try
        {
            await _signal.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false; // the period is over
        }
    }

    public void Dispose() => _signal.Dispose();
}
