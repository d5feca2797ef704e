namespace Weir.Outbox.TestHost.Shop;

/// <summary>Makes an <see cref="Order"/> and an <see cref="OrderPlaced"/>, both or neither.</summary>
public sealed record PlaceOrder(Guid OrderId, int Number);
