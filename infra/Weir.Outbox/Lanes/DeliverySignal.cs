namespace Weir.Outbox.Lanes;

/// <summary>Says "look again" to the one delivery loop of this process. A signal given while nobody waits is kept.</summary>
internal sealed class DeliverySignal : IDisposable
{
    private readonly SemaphoreSlim _given = new(0, 1);
    private int _kept;

    public void Set()
    {
        // Only who turns 0 into 1 releases, so the semaphore never overflows.
        if (Interlocked.Exchange(ref _kept, 1) == 0) _given.Release();
    }

    /// <summary>Returns at the next signal, or at once where one is kept, or when <paramref name="longest"/> is over.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancel)
    {
        using var bound = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancel);
        try
        {
            await _given.WaitAsync(either.Token);
            // Cleared before the look, so that a commit during the look is seen by the next one.
            Volatile.Write(ref _kept, 0);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Time is up: the safety net looks on its own.
        }
    }

    public void Dispose() => _given.Dispose();
}
