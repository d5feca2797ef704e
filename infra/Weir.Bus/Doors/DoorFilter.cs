using MassTransit;

namespace Weir.Bus.Doors;

/// <summary>Gives a message from anybody what the inside counts on: an identity, and nobody else's addresses.</summary>
internal sealed class DoorFilter(string queue) : IFilter<ConsumeContext>
{
    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next) => next.Send(new DoorContext(context, queue));

    public void Probe(ProbeContext context) => context.CreateFilterScope("door");
}
