using MassTransit;

namespace Weir.Outbox.TestHost.Faults;

/// <summary>Connects the observer to the bus once it is made.</summary>
internal sealed class ObserverConnector(FaultObserver observer) : IBusObserver
{
    public void PostCreate(IBus bus)
    {
        bus.ConnectSendObserver(observer);
        bus.ConnectReceiveObserver(observer);
    }

    public void CreateFaulted(Exception exception)
    {
    }

    public Task PreStart(IBus bus) => Task.CompletedTask;

    public Task PostStart(IBus bus, Task<BusReady> busReady) => Task.CompletedTask;

    public Task StartFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    public Task PreStop(IBus bus) => Task.CompletedTask;

    public Task PostStop(IBus bus) => Task.CompletedTask;

    public Task StopFaulted(IBus bus, Exception exception) => Task.CompletedTask;
}
