using MassTransit;
using Weir.Contracts.Leases;

namespace Weir.Registry.Silence;

/// <summary>This replica's canary is back.</summary>
internal sealed class CanaryConsumer(CanaryState canary) : IConsumer<LeaseRenewed>
{
    public Task Consume(ConsumeContext<LeaseRenewed> context)
    {
        canary.Return(context.Message.Sequence);
        return Task.CompletedTask;
    }
}
