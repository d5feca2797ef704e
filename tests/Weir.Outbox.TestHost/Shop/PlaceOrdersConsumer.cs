using MassTransit;
using Weir.Outbox.TestHost.Faults;

namespace Weir.Outbox.TestHost.Shop;

/// <summary>As <see cref="PlaceOrderConsumer"/>, for a batch at a time.</summary>
public sealed class PlaceOrdersConsumer(ShopContext db, PlannedFault fault) : IConsumer<Batch<PlaceOrder>>
{
    public async Task Consume(ConsumeContext<Batch<PlaceOrder>> context)
    {
        fault.At(FaultPoint.ConsumerEntered);
        foreach (var message in context.Message)
        {
            db.Orders.Add(new Order { Id = message.Message.OrderId, Number = message.Message.Number });
            await context.Publish(new OrderPlaced(message.Message.OrderId, message.Message.Number), context.CancellationToken);
        }

        fault.At(FaultPoint.Published);
    }
}
