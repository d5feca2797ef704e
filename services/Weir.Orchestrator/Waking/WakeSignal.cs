namespace Weir.Orchestrator.Waking;

/// <summary>
/// Wakes the planner's loop. A wake-up that comes while the loop works is kept: it looks once more afterwards. Carries which pools a
/// person wants level at once.
/// </summary>
internal sealed class WakeSignal : IDisposable
{
    private const int PoolsMax = 1_000;
    private const int KeysMax = 16;

    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<string>> _rebalance = new(StringComparer.Ordinal);

    internal void Wake()
    {
        lock (_lock)
            if (_signal.CurrentCount == 0)
                _signal.Release();
    }

    /// <summary>The next plan of the pool goes to the inner band whatever the outer one says, and names who asked.</summary>
    /// <param name="pool">Which pool.</param>
    /// <param name="keys">The requests' keys; beyond 16 a pool they are left out, and the plan is made all the same.</param>
    internal void Rebalance(string pool, params IReadOnlyList<string> keys)
    {
        lock (_lock)
        {
            // Anybody may name any pool: those that nobody plans must not fill memory.
            if (!_rebalance.TryGetValue(pool, out var asked) && _rebalance.Count < PoolsMax) _rebalance.Add(pool, asked = []);
            foreach (var key in keys)
                if (asked is { Count: < KeysMax } && !asked.Contains(key, StringComparer.Ordinal)) asked.Add(key);
        }

        Wake();
    }

    /// <summary>The requests since they were last taken; null when nobody asked.</summary>
    internal IReadOnlyList<string>? TakeRebalance(string pool)
    {
        lock (_lock) return _rebalance.Remove(pool, out var keys) ? keys : null;
    }

    internal bool IsRebalanceWanted(string pool)
    {
        lock (_lock) return _rebalance.ContainsKey(pool);
    }

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
