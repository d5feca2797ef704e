using MassTransit;

namespace Weir.Bus.Store;

/// <summary>A message waits here while the store is away.</summary>
internal sealed class StoreGateFilter(StoreGate gate) : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        await gate.WaitOpenAsync(context.CancellationToken);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("storeGate");
}
