using Weir.Worker;

namespace Weir.Cli.Tests.Live;

/// <summary>Runs until it is told to stop.</summary>
internal sealed class RestingHandler : IStreamHandler
{
    public async Task RunAsync(StreamLease lease, CancellationToken stop)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopping = stop.Register(() => told.TrySetResult());
        await told.Task;
    }
}
