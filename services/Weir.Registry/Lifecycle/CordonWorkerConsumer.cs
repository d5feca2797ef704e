using MassTransit;
using Weir.Contracts.Workers;

namespace Weir.Registry.Lifecycle;

/// <summary>A worker is to be given nothing new.</summary>
internal sealed class CordonWorkerConsumer(WorkerDesk desk) : IConsumer<CordonWorker>
{
    public Task Consume(ConsumeContext<CordonWorker> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
