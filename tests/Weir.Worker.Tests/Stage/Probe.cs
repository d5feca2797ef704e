using System.Collections.Concurrent;

namespace Weir.Worker.Tests.Stage;

/// <summary>What the handlers of a test do, and what they met.</summary>
internal sealed class Probe
{
    internal ConcurrentDictionary<string, StreamLease> Leases { get; } = new(StringComparer.Ordinal);

    internal ConcurrentQueue<string> Started { get; } = new();

    internal ConcurrentDictionary<string, StopReason> Ended { get; } = new(StringComparer.Ordinal);

    /// <summary>What a handler does instead of waiting for its stop.</summary>
    internal Func<StreamLease, CancellationToken, Task>? Does { get; set; }

    /// <summary>Keeps a handler from ending though it was told to.</summary>
    internal TaskCompletionSource? Holds { get; set; }

    internal async Task RunAsync(StreamLease lease, CancellationToken stop)
    {
        Leases[lease.Stream.Id] = lease;
        Started.Enqueue(lease.Stream.Id);
        try
        {
            if (Does is { } does)
                await does(lease, stop);
            else
                await WaitAsync(stop);
            if (Holds is { } holds)
                await holds.Task;
        }
        finally
        {
            Ended[lease.Stream.Id] = lease.StopReason;
        }
    }

    internal static async Task WaitAsync(CancellationToken stop)
    {
        var told = new TaskCompletionSource();
        await using var registration = stop.Register(told.SetResult);
        await told.Task;
    }
}
