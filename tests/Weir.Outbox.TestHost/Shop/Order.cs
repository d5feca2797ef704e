namespace Weir.Outbox.TestHost.Shop;

/// <summary>The row that a message writes.</summary>
public sealed class Order
{
    public Guid Id { get; set; }

    public int Number { get; set; }
}
