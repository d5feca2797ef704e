using MassTransit;

namespace Weir.Outbox;

/// <summary>Options of delivery.</summary>
public sealed class BusOutboxConfigurator : IBusOutboxConfigurator
{
    /// <summary>Most messages on their way to the broker, unconfirmed, at once.</summary>
    /// <value>64. Allowed: 1 to 1,000.</value>
    public int MessageDeliveryLimit { get; set; } = 64;

    /// <summary>Longest wait for the broker in one delivery transaction. The lane's lock is given up half a second after it at the latest.</summary>
    /// <value>1 s. Allowed: 100 ms to 1.25 s.</value>
    public TimeSpan MessageDeliveryTimeout { get; set; } = TimeSpan.FromSeconds(1);

    internal bool HasDelivery { get; private set; } = true;

    /// <summary>This process writes rows, but another delivers them, within its QueryDelay.</summary>
    public void DisableDeliveryService() => HasDelivery = false;
}
