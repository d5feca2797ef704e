namespace Weir.Outbox.TestHost.Shop;

/// <summary>An order was made.</summary>
public sealed record OrderPlaced(Guid OrderId, int Number);
