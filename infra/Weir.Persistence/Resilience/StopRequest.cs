namespace Weir.Persistence.Resilience;

/// <summary>
/// Passes a caller's cancellation on without waiting for whoever hears it: the driver, in the callback itself, asks the server to end
/// the statement, and where the server hangs that question takes for ever.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _told = new();
    private readonly CancellationTokenRegistration _caller;

    internal StopRequest(CancellationToken caller) => _caller = caller.UnsafeRegister(static self => ((StopRequest)self!).Tell(), this);

    /// <summary>What the work is given.</summary>
    internal CancellationToken Token => _told.Token;

    /// <summary>Completes once the caller has asked; <see cref="Token"/> says so by then.</summary>
    internal Task Asked => _asked.Task;

    /// <summary>It hears no caller any more. A try that was left behind has been told, and its token goes on saying so.</summary>
    public void Dispose()
    {
        _caller.Dispose();
        _told.Dispose();
    }

    private void Tell()
    {
        _ = _told.CancelAsync();
        _asked.TrySetResult();
    }
}
