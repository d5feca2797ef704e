using MassTransit;
using MassTransit.Middleware;
using Weir.Bus.Endpoints;

namespace Weir.Bus.Parking;

/// <summary>The way into the error queue: writes the reason on the message, or drops it where its endpoint's policy says so.</summary>
internal sealed class ParkFilter(EndpointPolicy policy, ParkLog log) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        var reason = ParkReason.Of(context);
        if (policy.Kind == QueueKind.Own || (policy.DropFailed && reason == ParkReason.Failed))
        {
            log.Dropped(policy.Queue, reason, context.Exception);
            await SettleAsync(context);
            return;
        }

        log.Parked(policy.Queue, reason, context.Exception);
        context.ExceptionHeaders.Set(ParkReason.Header, reason);
        await next.Send(context);
        await SettleAsync(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("park");

    // A message that counts neither as delivered nor as faulted would be taken for an unheard one and come back for ever.
    private static Task SettleAsync(ExceptionReceiveContext context) =>
        context.IsFaulted ? Task.CompletedTask : context.NotifyFaulted(context.Exception);

    internal static void AddTo(IPipeConfigurator<ExceptionReceiveContext> pipe, EndpointPolicy policy, ParkLog log)
    {
        pipe.UseFilter(new ParkFilter(policy, log));
        pipe.UseFilter(new FaultNoteFilter());
        pipe.UseFilter(new ErrorTransportFilter());
    }
}
