using MassTransit;
using Weir.Contracts.Catalogue;

namespace Weir.Registry.Catalogue;

/// <summary>These streams shall run no more.</summary>
internal sealed class WithdrawStreamsConsumer(CatalogueDesk desk) : IConsumer<WithdrawStreams>
{
    public Task Consume(ConsumeContext<WithdrawStreams> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
