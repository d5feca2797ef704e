using System.Diagnostics.CodeAnalysis;
using Weir.Contracts.Ownership;
using Weir.Contracts.Reports;

namespace Weir.Worker.Agent;

/// <summary>One run of one stream's handler: what its lease shows, its claim, and its stop.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The token may be asked by whatever a handler left behind; without a timer its source holds nothing to give back")]
internal sealed class StreamRun
{
    private readonly StreamTable _table;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _claimed = New();
    private Func<long, CancellationToken, Task>? _claim;
    private StreamReport? _report;
    private long _epoch;
    private long _granted;
    private int _claiming;
    private int _stopReason;
    private bool _over;

    internal StreamRun(StreamTable table, StreamSlot slot, StreamInfo info, Cover cover, long granted)
    {
        (_table, Slot, Info, Cover, _granted) = (table, slot, info, cover, granted);
        Lease = new StreamLease(this);
    }

    internal StreamSlot Slot { get; }

    internal StreamInfo Info { get; }

    internal StreamLease Lease { get; }

    internal Cover Cover { get; private set; }

    internal CancellationToken Stop => _stop.Token;

    internal long Epoch => Interlocked.Read(ref _epoch);

    internal StopReason StopReason => (StopReason)Volatile.Read(ref _stopReason);

    /// <summary>When it was told to stop, on the agent's clock.</summary>
    internal TimeSpan StoppingSince { get; private set; }

    /// <summary>Its sink refused it: the end of it is its own, whoever told it to stop since.</summary>
    internal bool LostAtSink { get; private set; }

    /// <summary>Its handler has ended: nothing it may have left behind is valid any more.</summary>
    internal bool IsOver => Volatile.Read(ref _over);

    /// <summary>Since when its claim is awaited, under the grant that holds; under the agent's lock.</summary>
    internal TimeSpan AwaitedSince { get; set; }

    /// <summary>It was said that its claim is missing: once is enough; under the agent's lock.</summary>
    internal bool ClaimMissed { get; set; }

    /// <summary>Whether its handler has ever called for a claim.</summary>
    internal bool HasClaimed => Volatile.Read(ref _claim) is not null;

    /// <summary>When its latest report was sent; under the agent's lock.</summary>
    internal TimeSpan? ReportedAt { get; set; }

    /// <summary>The load it named; under the agent's lock.</summary>
    internal double? ReportedLoad { get; set; }

    /// <summary>Whether nothing stands between the grant and its counting as started.</summary>
    internal bool ClaimsNothing => Info.Class == StreamClass.Unfenced && !HasClaimed;

    /// <summary>The worker keeps the stream under a higher epoch. Under the agent's lock.</summary>
    /// <returns>A claim to make in the background; null when there is none to make, or the handler itself is at it.</returns>
    internal Func<long, CancellationToken, Task>? Raise(long epoch, Cover cover)
    {
        lock (_lock)
        {
            (Cover, _granted) = (cover, epoch);
            return Volatile.Read(ref _claiming) > 0 ? null : _claim;
        }
    }

    /// <summary>From here on writes go under this epoch. Under the agent's lock.</summary>
    internal void WriteUnder(long epoch)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            Interlocked.Exchange(ref _epoch, epoch);
            (waiting, _claimed) = (_claimed, New());
        }
        waiting.TrySetResult();
    }

    /// <summary>Tells the handler to stop. Its callbacks run on the pool: none of them may hold up the thread that watches the lease.</summary>
    internal void Cancel(StopReason reason, TimeSpan now)
    {
        if (Interlocked.CompareExchange(ref _stopReason, (int)reason, (int)StopReason.None) != (int)StopReason.None)
            return;
        StoppingSince = now;
        _ = Task.Run(() => _stop.CancelAsync());
        lock (_lock)
            _claimed.TrySetResult();
    }

    internal void Over(TimeSpan now)
    {
        Volatile.Write(ref _over, true);
        Cancel(StopReason.Released, now);
    }

    internal void LoseAtSink(TimeSpan now)
    {
        LostAtSink = true;
        Cancel(StopReason.LeaseLost, now);
    }

    internal async Task<T> ClaimAsync<T>(Func<long, CancellationToken, Task<T>> claim, CancellationToken cancel)
    {
        lock (_lock)
        {
            Volatile.Write(ref _claim, (epoch, token) => AtSinkAsync(claim, epoch, token));
            _claiming++;
        }
        try
        {
            while (true)
            {
                Lease.ThrowIfLost();
                long epoch;
                lock (_lock)
                    epoch = _granted;
                var checkpoint = await AtSinkAsync(claim, epoch, cancel);
                if (_table.OnClaimed(this, epoch))
                    return checkpoint;
            }
        }
        catch (Exception)
        {
            ClaimReturned();
            throw;
        }
    }

    /// <summary>Asks the sink, as part of the stream's start; a refusal is counted.</summary>
    internal async Task<T> AtSinkAsync<T>(Func<long, CancellationToken, Task<T>> claim, long epoch, CancellationToken cancel)
    {
        Slot.Trace?.Enter();
        try
        {
            return await claim(epoch, cancel);
        }
        catch (LeaseLostException)
        {
            _table.Telemetry.Fenced();
            throw;
        }
    }

    /// <summary>The handler's own claim is over. Where it succeeded, said under the agent's lock, so that a raise either finds it or comes after.</summary>
    internal void ClaimReturned()
    {
        lock (_lock)
            _claiming = Math.Max(0, _claiming - 1);
    }

    internal async Task<long> EpochAboveAsync(long refused, CancellationToken cancel)
    {
        while (true)
        {
            Task raised;
            lock (_lock)
            {
                if (_epoch > refused)
                    return _epoch;
                if (_granted <= refused || StopReason != StopReason.None)
                {
                    _table.Telemetry.Fenced();
                    throw new LeaseLostException(Info.Id, refused, "its sink has seen a newer owner");
                }
                raised = _claimed.Task;
            }
            await raised.WaitAsync(cancel);
        }
    }

    internal void Report(double? load, string? position) =>
        Volatile.Write(ref _report, new StreamReport(Info.Id, Epoch, load, position));

    internal StreamReport? TakeReport() => Interlocked.Exchange(ref _report, null);

    /// <summary>The word that waits to be sent.</summary>
    internal StreamReport? Reported => Volatile.Read(ref _report);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
