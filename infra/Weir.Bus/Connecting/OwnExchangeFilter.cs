using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using Weir.Bus.Names;

namespace Weir.Bus.Connecting;

/// <summary>Binds a worker's own exchange to the services' doors, at each connection: what enrolment does once in production.</summary>
internal sealed class OwnExchangeFilter(WorkerIdentity worker) : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var own = BrokerNames.WorkerOut(worker.WorkerId);
        await context.Channel.ExchangeDeclareAsync(own, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: context.CancellationToken);
        foreach (var door in WorkerDoor.All)
        {
            // As the service's endpoint declares it, whichever of both comes first.
            await context.Channel.ExchangeDeclareAsync(door.Queue, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: context.CancellationToken);
            await context.Channel.ExchangeBindAsync(door.Queue, own, door.Key, cancellationToken: context.CancellationToken);
        }

        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("ownExchange");
}
