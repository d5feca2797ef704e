namespace Weir.Bus;

/// <summary>What carries the messages.</summary>
public enum BusTransport
{
    /// <summary>A RabbitMQ broker or cluster, 3.10 or newer.</summary>
    RabbitMq,

    /// <summary>This process alone: for <c>weir dev</c> and tests. Nothing survives the process.</summary>
    InMemory,
}
