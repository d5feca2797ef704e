using MassTransit;
using Weir.Contracts.Registration;

namespace Weir.Registry.Lifecycle;

/// <summary>A worker has ended in order.</summary>
internal sealed class WorkerStoppedConsumer(WorkerDesk desk) : IConsumer<WorkerStopped>
{
    public Task Consume(ConsumeContext<WorkerStopped> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
