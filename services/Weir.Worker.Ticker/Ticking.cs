namespace Weir.Worker.Ticker;

/// <summary>A stream on the wheel.</summary>
internal sealed class Ticking(StreamLease lease, long sequence, int run)
{
    internal StreamLease Lease => lease;

    /// <summary>Which run of a handler of this process it is.</summary>
    internal int Run => run;

    /// <summary>The latest tick.</summary>
    internal long Sequence { get; set; } = sequence;

    /// <summary>Fails when the sink has seen a newer owner.</summary>
    internal TaskCompletionSource Lost { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The sink refused a tick: either the epoch is being raised, or another owner has the stream.</summary>
    internal async Task RefusedAsync(long epoch, CancellationToken stop)
    {
        try
        {
            await lease.EpochAboveAsync(epoch, stop);
        }
        catch (LeaseLostException e)
        {
            Lost.TrySetException(e);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It ends anyway.
        }
    }
}
