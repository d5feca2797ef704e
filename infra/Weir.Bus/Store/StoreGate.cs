using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Weir.Bus.Store;

/// <summary>
/// Shut while the store is away. The first message that fails for it shuts the gate; all messages, that one too, then
/// stand before it unacknowledged, so the broker hands over no more than the prefetch; one probe opens it again.
/// </summary>
internal sealed class StoreGate(IEnumerable<StoreSeam> seams, BusStopping stopping, IOptions<WeirBusOptions> options, TimeProvider clock, ILogger<StoreGate> logger)
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    private readonly StoreSeam? _seam = seams.SingleOrDefault();
    private readonly Lock _lock = new();
    private TaskCompletionSource? _shut;

    internal bool IsShut => Volatile.Read(ref _shut) is not null;

    internal bool IsAway(Exception exception) => _seam?.IsAway(exception) ?? false;

    /// <summary>Returns when the gate is open; the bus's stop ends the wait by an exception that hands the message back to the broker.</summary>
    internal async Task WaitOpenAsync(CancellationToken cancel)
    {
        if (Volatile.Read(ref _shut) is not { } shut)
            return;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping.Token);
        await shut.Task.WaitAsync(either.Token);
    }

    internal Task WaitAwayAsync(Exception fault, CancellationToken cancel)
    {
        Shut(fault);
        return WaitOpenAsync(cancel);
    }

    private void Shut(Exception fault)
    {
        TaskCompletionSource shut;
        lock (_lock)
        {
            if (_shut is not null)
                return;
            _shut = shut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        StoreLog.Away(logger, fault);
        _ = ProbeUntilBackAsync(shut);
    }

    private async Task ProbeUntilBackAsync(TaskCompletionSource shut)
    {
        var since = clock.GetTimestamp();
        try
        {
            while (!await IsBackAsync())
                await Task.Delay(options.Value.StorePause, clock, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.Token.IsCancellationRequested)
        {
            return; // whoever waits is told by the same token
        }

        lock (_lock)
            _shut = null;
        shut.SetResult();
        StoreLog.Back(logger, clock.GetElapsedTime(since).TotalMilliseconds);
    }

    // Whatever a probe throws means "not yet": a consumer then finds out whether it is more than absence.
    private async Task<bool> IsBackAsync()
    {
        using var bound = new CancellationTokenSource(ProbeTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, stopping.Token);
        try
        {
            await _seam!.Probe(either.Token).WaitAsync(either.Token);
            return true;
        }
        catch (Exception e) when (!stopping.Token.IsCancellationRequested)
        {
            StoreLog.StillAway(logger, e.GetType().Name, e.Message);
            return false;
        }
    }
}
