namespace Weir.Worker.Radio.Tests.Stage;

internal sealed class IdleHandler : IStreamHandler
{
    public Task RunAsync(StreamLease lease, CancellationToken stop)
    {
        var told = new TaskCompletionSource();
        stop.Register(told.SetResult);
        return told.Task;
    }
}
