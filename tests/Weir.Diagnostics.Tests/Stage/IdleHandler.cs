using Weir.Worker;

namespace Weir.Diagnostics.Tests.Stage;

/// <summary>Runs until it is told to stop.</summary>
internal sealed class IdleHandler : IStreamHandler
{
    public async Task RunAsync(StreamLease lease, CancellationToken stop)
    {
        lease.Report(load: 1, position: "begun");
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopping = stop.Register(() => told.TrySetResult());
        await told.Task;
    }
}
