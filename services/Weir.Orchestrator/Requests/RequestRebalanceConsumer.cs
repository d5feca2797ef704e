using MassTransit;
using Weir.Contracts.Planning;

namespace Weir.Orchestrator.Requests;

/// <summary>Somebody wants a pool level now. Whoever has the turn plans.</summary>
internal sealed class RequestRebalanceConsumer(RebalanceDesk desk) : IConsumer<RequestRebalance>
{
    public Task Consume(ConsumeContext<RequestRebalance> context) => desk.AskAsync(context.Message, context.CancellationToken);
}
