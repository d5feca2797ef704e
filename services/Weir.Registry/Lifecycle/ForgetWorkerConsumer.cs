using MassTransit;
using Weir.Contracts.Workers;

namespace Weir.Registry.Lifecycle;

/// <summary>A worker is to be struck from the register.</summary>
internal sealed class ForgetWorkerConsumer(WorkerDesk desk) : IConsumer<ForgetWorker>
{
    public Task Consume(ConsumeContext<ForgetWorker> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
