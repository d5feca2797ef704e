using Weir.Worker;

namespace Weir.Diagnostics.Tests.Stage;

/// <summary>Runs Fenced streams and never claims their sink.</summary>
internal sealed class HeedlessHandler : IStreamHandler
{
    public async Task RunAsync(StreamLease lease, CancellationToken stop)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopping = stop.Register(() => told.TrySetResult());
        await told.Task;
    }
}
