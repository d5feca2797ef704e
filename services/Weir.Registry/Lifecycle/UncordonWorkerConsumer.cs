using MassTransit;
using Weir.Contracts.Workers;

namespace Weir.Registry.Lifecycle;

/// <summary>A worker may be given streams again.</summary>
internal sealed class UncordonWorkerConsumer(WorkerDesk desk) : IConsumer<UncordonWorker>
{
    public Task Consume(ConsumeContext<UncordonWorker> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
