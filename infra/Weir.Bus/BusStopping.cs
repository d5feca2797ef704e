using MassTransit;

namespace Weir.Bus;

/// <summary>Tells everything that waits on the bus's behalf that the bus is about to stop, before it stops.</summary>
internal sealed class BusStopping : IBusObserver, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    internal CancellationToken Token => _stopping.Token;

    public Task PreStop(IBus bus) => _stopping.CancelAsync();

    public void PostCreate(IBus bus)
    {
    }

    public void CreateFaulted(Exception exception)
    {
    }

    public Task PreStart(IBus bus) => Task.CompletedTask;

    public Task PostStart(IBus bus, Task<BusReady> busReady) => Task.CompletedTask;

    public Task StartFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    public Task PostStop(IBus bus) => Task.CompletedTask;

    public Task StopFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();
}
