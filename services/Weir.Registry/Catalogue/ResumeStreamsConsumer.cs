using MassTransit;
using Weir.Contracts.Catalogue;

namespace Weir.Registry.Catalogue;

/// <summary>These streams may run again.</summary>
internal sealed class ResumeStreamsConsumer(CatalogueDesk desk) : IConsumer<ResumeStreams>
{
    public Task Consume(ConsumeContext<ResumeStreams> context) => desk.TakeAsync(context.Message, context.CancellationToken);
}
