using MassTransit;
using Microsoft.Extensions.Options;
using Weir.Bus.Names;

namespace Weir.Bus.Sending;

/// <summary>
/// All that a worker says goes through its own exchange; the routing key names the door. For beats make one of
/// <see cref="IBeatBus"/>, so that they travel on its connection.
/// </summary>
public sealed class WorkerOut(ISendEndpointProvider endpoints, WorkerIdentity worker, IOptions<WeirBusOptions> options)
{
    /// <summary>Says it and waits until the broker has it in a service's queue.</summary>
    /// <param name="message">What is said.</param>
    /// <param name="cancel">Gives up; the bus's own time-out holds in any case.</param>
    /// <exception cref="SendTimedOutException">The broker did not answer in time.</exception>
    /// <exception cref="MessageReturnedException">No queue is bound to that door: this worker is not enrolled, or the service was never started.</exception>
    public async Task SayAsync<T>(T message, CancellationToken cancel)
        where T : class
    {
        var door = WorkerDoor.Of(typeof(T));
        var onBroker = options.Value.Transport == BusTransport.RabbitMq;
        var address = onBroker ? $"exchange:{BrokerNames.WorkerOut(worker.WorkerId)}?type=direct" : $"exchange:{door.Queue}";
        var endpoint = await endpoints.GetSendEndpoint(new Uri(address));
        await endpoint.Send(message, Pipe.Execute<SendContext<T>>(context => Through(context, door)), cancel);
    }

    private static void Through(SendContext context, WorkerDoor door)
    {
        if (context is not RabbitMqSendContext onBroker)
            return;
        context.SetRoutingKey(door.Key);
        onBroker.Mandatory = true;
    }
}
