using MassTransit;
using MassTransit.Events;
using MassTransit.Metadata;

namespace Weir.Bus.Parking;

/// <summary>Tells Monitor of a message that is parked without a consumer having said so. The note goes to <c>weir.faults</c>, never to an address of the message's.</summary>
internal sealed class FaultNoteFilter : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (!context.IsFaulted)
        {
            var note = new ReceiveFaultEvent(HostMetadataCache.Host, context.Exception, context.ContentType?.MediaType, context.GetMessageId(), null);
            var endpoint = await context.PublishEndpointProvider.GetPublishSendEndpoint<ReceiveFault>();
            await endpoint.Send<ReceiveFault>(note, context.CancellationToken);
        }

        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("faultNote");
}
