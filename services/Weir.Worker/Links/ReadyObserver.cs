using MassTransit;

namespace Weir.Worker.Links;

/// <summary>Tells when a queue is there and read, the first time and after each loss of the connection.</summary>
internal sealed class ReadyObserver(Action ready) : IReceiveEndpointObserver
{
    public Task Ready(ReceiveEndpointReady endpoint)
    {
        ready();
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
}
