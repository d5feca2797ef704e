using MassTransit;
using Weir.Contracts.Leases;

namespace Weir.Registry.Tests.Stage;

internal sealed class AnswerConsumer(Heard heard) : IConsumer<LeaseRenewed>, IConsumer<LeaseRefused>
{
    public Task Consume(ConsumeContext<LeaseRenewed> context)
    {
        heard.Add(context.Message);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<LeaseRefused> context)
    {
        heard.Add(context.Message);
        return Task.CompletedTask;
    }
}
