using MassTransit;
using Weir.Contracts.Planning;

namespace Weir.Orchestrator.Waking;

/// <summary>Every replica hears wake-ups; which one plans is decided by the turn.</summary>
internal sealed class PoolChangedConsumer(WakeSignal signal) : IConsumer<PoolChanged>
{
    public Task Consume(ConsumeContext<PoolChanged> context)
    {
        signal.Wake();
        return Task.CompletedTask;
    }
}
