using MassTransit;
using Weir.Contracts.Workers;

namespace Weir.Registry.Lifecycle;

/// <summary>A worker asks to be emptied.</summary>
internal sealed class DrainWorkerConsumer(WorkerDesk desk) : IConsumer<DrainWorker>
{
    public Task Consume(ConsumeContext<DrainWorker> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
