using MassTransit;
using Weir.Bus.Endpoints;

namespace Weir.Bus.Incoming;

/// <summary>Gives every message what the inside counts on: an identity, and no addresses but ours.</summary>
internal sealed class IncomingFilter(EndpointPolicy policy) : IFilter<ConsumeContext>
{
    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next) => next.Send(new IncomingContext(context, policy));

    public void Probe(ProbeContext context) => context.CreateFilterScope("incoming");
}
