using MassTransit;
using Weir.Contracts.Workers;

namespace Weir.Registry.Lifecycle;

/// <summary>Somebody asks that a worker be emptied: the same message as the worker's own, through the queue of people's requests.</summary>
internal sealed class DrainOnRequestConsumer(WorkerDesk desk) : IConsumer<DrainWorker>
{
    public Task Consume(ConsumeContext<DrainWorker> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
