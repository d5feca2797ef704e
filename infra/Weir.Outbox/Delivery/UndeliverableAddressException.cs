namespace Weir.Outbox.Delivery;

/// <summary>No transport of the bus takes this address.</summary>
internal sealed class UndeliverableAddressException(Uri address, Exception inner)
    : Exception($"No transport of this bus takes address '{address}': {inner.Message}", inner);
