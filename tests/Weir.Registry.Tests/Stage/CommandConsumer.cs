using MassTransit;
using Weir.Contracts.Leases;
using Weir.Contracts.Registration;

namespace Weir.Registry.Tests.Stage;

internal sealed class CommandConsumer(Heard heard) : IConsumer<WorkerRegistered>, IConsumer<RegistrationRefused>, IConsumer<RegisterAgain>, IConsumer<CommandMark>
{
    public Task Consume(ConsumeContext<WorkerRegistered> context) => Take(context.Message);

    public Task Consume(ConsumeContext<RegistrationRefused> context) => Take(context.Message);

    public Task Consume(ConsumeContext<RegisterAgain> context) => Take(context.Message);

    public Task Consume(ConsumeContext<CommandMark> context) => Take(context.Message);

    private Task Take(object message)
    {
        heard.Add(message);
        return Task.CompletedTask;
    }
}
