using MassTransit;
using Weir.Contracts.Holdings;

namespace Weir.Registry.Holdings;

/// <summary>A worker was asked what it runs, and says it.</summary>
internal sealed class HoldingsReportedConsumer(HoldingsDesk desk) : IConsumer<HoldingsReported>
{
    public Task Consume(ConsumeContext<HoldingsReported> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
