using MassTransit;
using Weir.Bus.Endpoints;
using Weir.Bus.Names;

namespace Weir.Diagnostics.Changes;

/// <summary>
/// Sends requests to the services that carry them out, at once and not through an outbox: no row is written here with them. Mandatory:
/// where no queue is behind the door, whoever asks is told.
/// </summary>
internal sealed class RequestSender(IBus bus)
{
    internal static readonly string Declarations = WeirEndpoints.Streams.Queue;
    internal static readonly string Registry = BrokerNames.ServiceQueue("registry", "requests");
    internal static readonly string Orchestrator = BrokerNames.ServiceQueue("orchestrator", "requests");

    internal async Task SendAsync<T>(string queue, T request, CancellationToken cancel)
        where T : class
    {
        var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{queue}"));
        await endpoint.Send(
            request,
            Pipe.Execute<SendContext<T>>(context =>
            {
                if (context is RabbitMqSendContext onBroker) onBroker.Mandatory = true;
            }),
            cancel);
    }
}
