using MassTransit;
using RabbitMQ.Client;
using Weir.Bus.Facts;
using Weir.Bus.Names;

namespace Weir.Bus.Endpoints;

/// <summary>What an endpoint's policy means on the broker.</summary>
internal static class QueueShape
{
    private const string DeliveryLimit = "x-delivery-limit";
    private const string DeadLetterExchange = "x-dead-letter-exchange";
    private const string DeadLetterStrategy = "x-dead-letter-strategy";
    private const string Overflow = "x-overflow";
    private const string MessageTtl = "x-message-ttl";

    // Long enough that a channel fault leaves the queue in place; the queue is gone with its connection in any case.
    private static readonly TimeSpan OwnExpiration = TimeSpan.FromMinutes(10);

    /// <summary>
    /// An error queue is as durable as the queue before it, keeps what it has for ever and dead-letters nothing: the
    /// arguments that its queue has for itself are taken off.
    /// </summary>
    internal static void ShapeErrorQueue(IRabbitMqQueueConfigurator queue)
    {
        foreach (var own in (string[])[DeliveryLimit, DeadLetterExchange, DeadLetterStrategy, Overflow, MessageTtl])
            queue.SetQueueArgument(own, (object?)null);
    }

    internal static void Apply(IRabbitMqReceiveEndpointConfigurator endpoint, EndpointPolicy policy)
    {
        if (policy.Kind == QueueKind.Own)
            ShapeOwn(endpoint);
        else
            ShapeWork(endpoint, policy);

        if (policy.MessageTtl is { } ttl)
            endpoint.SetQueueArgument(MessageTtl, (long)ttl.TotalMilliseconds);
        foreach (var fact in policy.Heard)
        {
            endpoint.Bind(BrokerNames.Events, binding =>
            {
                binding.ExchangeType = ExchangeType.Topic;
                binding.RoutingKey = FactTypes.Binding(fact);
            });
        }
    }

    /// <summary>Quorum, durable, with its own delivery limit and dead-letter queue: the broker's defaults differ between its versions.</summary>
    private static void ShapeWork(IRabbitMqReceiveEndpointConfigurator endpoint, EndpointPolicy policy)
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument(DeliveryLimit, policy.DeliveryLimit);
        var error = BrokerNames.ErrorQueue(policy.Queue);
        endpoint.BindDeadLetterQueue(error, error, queue => queue.SetQueueArgument("x-queue-type", "quorum"));
        // Expired messages are meant to go, so only a queue that keeps them insists that the dead letter arrives.
        if (policy.MessageTtl is null)
        {
            endpoint.SetQueueArgument(DeadLetterStrategy, "at-least-once");
            endpoint.SetQueueArgument(Overflow, "reject-publish");
        }
        else
        {
            endpoint.SetQueueArgument(DeadLetterExchange, (object?)null);
        }
    }

    private static void ShapeOwn(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.Durable = false;
        endpoint.AutoDelete = true;
        endpoint.Exclusive = true;
        endpoint.QueueExpiration = OwnExpiration;
    }
}
