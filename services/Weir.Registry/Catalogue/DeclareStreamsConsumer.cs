using MassTransit;
using Weir.Contracts.Catalogue;

namespace Weir.Registry.Catalogue;

/// <summary>These streams shall run.</summary>
internal sealed class DeclareStreamsConsumer(CatalogueDesk desk) : IConsumer<DeclareStreams>
{
    public Task Consume(ConsumeContext<DeclareStreams> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
