using MassTransit;
using Microsoft.Extensions.Options;

namespace Weir.Bus.Sending;

/// <summary>
/// How a command reaches a worker's queue: through AMQP's default exchange, by the queue's name as routing key, so that
/// nothing is declared and a queue that is gone answers at once. In memory there is no such exchange, but one a queue.
/// </summary>
public sealed class WorkerRoute(IOptions<WeirBusOptions> options)
{
    // The transport calls the default exchange, whose real name is empty, by this one; a test holds it to that.
    internal const string DefaultExchange = "amq.rabbitmq.reply-to";

    private readonly bool _onBroker = options.Value.Transport == BusTransport.RabbitMq;

    /// <summary>The address to send to; <see cref="Mark"/> the send as well.</summary>
    /// <param name="queue">The worker's queue, as in <see cref="Names.WorkerIdentity"/>.</param>
    public Uri Address(string queue) => new($"exchange:{(_onBroker ? DefaultExchange : queue)}");

    /// <summary>Names the queue on a send, also on one that goes through the outbox.</summary>
    /// <param name="context">The send.</param>
    /// <param name="queue">The worker's queue.</param>
    public void Mark(SendContext context, string queue)
    {
        if (_onBroker)
            context.SetRoutingKey(queue);
    }
}
