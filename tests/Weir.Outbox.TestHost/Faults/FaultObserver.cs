using MassTransit;

namespace Weir.Outbox.TestHost.Faults;

/// <summary>The points round the broker.</summary>
internal sealed class FaultObserver(PlannedFault fault) : ISendObserver, IReceiveObserver
{
    public Task PreSend<T>(SendContext<T> context)
        where T : class
    {
        fault.At(FaultPoint.DeliverySending);
        return Task.CompletedTask;
    }

    public Task PostSend<T>(SendContext<T> context)
        where T : class
    {
        fault.At(FaultPoint.DeliverySent);
        return Task.CompletedTask;
    }

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context)
    {
        fault.At(FaultPoint.Received);
        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
}
