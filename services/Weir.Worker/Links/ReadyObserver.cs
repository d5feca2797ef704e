using MassTransit;

namespace Weir.Worker.Links;

/// <summary>Tells when a queue is there and read, the first time and after each loss of the connection, and when it is not any more.</summary>
internal sealed class ReadyObserver(Action ready, Action gone) : IReceiveEndpointObserver
{
    public Task Ready(ReceiveEndpointReady endpoint)
    {
        ready();
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    // Its consumer ended, with the channel or the connection.
    public Task Completed(ReceiveEndpointCompleted completed) => Gone();

    // It could not be made anew.
    public Task Faulted(ReceiveEndpointFaulted faulted) => Gone();

    private Task Gone()
    {
        gone();
        return Task.CompletedTask;
    }
}
