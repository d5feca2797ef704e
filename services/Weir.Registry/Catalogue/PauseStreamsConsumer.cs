using MassTransit;
using Weir.Contracts.Catalogue;

namespace Weir.Registry.Catalogue;

/// <summary>These streams shall have no owner for now.</summary>
internal sealed class PauseStreamsConsumer(CatalogueDesk desk) : IConsumer<PauseStreams>
{
    public Task Consume(ConsumeContext<PauseStreams> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
