using MassTransit;

namespace Weir.Diagnostics.Events;

/// <summary>Hears that the events' queue was made anew: what was published meanwhile went by.</summary>
internal sealed class GapObserver(DiagnosticsProcess process, EventLog log) : IReceiveEndpointObserver
{
    private readonly string _queue = process.Events.Queue;
    private int _times;

    public Task Ready(ReceiveEndpointReady ready)
    {
        var isOurs = ready.InputAddress.AbsolutePath.EndsWith(_queue, StringComparison.Ordinal);
        if (isOurs && Interlocked.Increment(ref _times) > 1) log.Break();
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
}
