using MassTransit;
using Weir.Contracts.Catalogue;

namespace Weir.Orchestrator.Requests;

/// <summary>Registry hands on that a person lets streams run again: a pause is its catalogue's, a quarantine is this service's rows'.</summary>
internal sealed class ResumeStreamsConsumer(QuarantineDesk desk) : IConsumer<ResumeStreams>
{
    public Task Consume(ConsumeContext<ResumeStreams> context) => desk.EndAsync(context.Message.Pool, context.Message.StreamIds, context.CancellationToken);
}
