namespace Weir.Orchestrator.Waking;

/// <summary>
/// Wakes the planner's loop. A wake-up that comes while the loop works is kept: it looks once more afterwards.
/// </summary>
internal sealed class WakeSignal : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Lock _lock = new();

    internal void Wake()
    {
        lock (_lock)
            if (_signal.CurrentCount == 0)
                _signal.Release();
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
