using MassTransit;
using Weir.Outbox.TestHost.Faults;

namespace Weir.Outbox.TestHost.Shop;

/// <summary>Writes a row, saves it, publishes an event.</summary>
public sealed class PlaceOrderConsumer(ShopContext db, PlannedFault fault) : IConsumer<PlaceOrder>
{
    public async Task Consume(ConsumeContext<PlaceOrder> context)
    {
        fault.At(FaultPoint.ConsumerEntered);
        db.Orders.Add(new Order { Id = context.Message.OrderId, Number = context.Message.Number });
        fault.At(FaultPoint.RowAdded);
        await db.SaveChangesAsync(context.CancellationToken);
        fault.At(FaultPoint.RowSaved);
        await context.Publish(new OrderPlaced(context.Message.OrderId, context.Message.Number), context.CancellationToken);
        fault.At(FaultPoint.Published);
    }
}
