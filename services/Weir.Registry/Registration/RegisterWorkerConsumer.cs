using MassTransit;
using Weir.Contracts.Registration;

namespace Weir.Registry.Registration;

/// <summary>A worker process asks to be let in.</summary>
internal sealed class RegisterWorkerConsumer(RegistrationDesk desk) : IConsumer<RegisterWorker>
{
    public Task Consume(ConsumeContext<RegisterWorker> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
