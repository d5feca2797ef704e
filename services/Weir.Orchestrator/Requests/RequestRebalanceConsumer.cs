using MassTransit;
using Weir.Contracts.Planning;
using Weir.Orchestrator.Waking;

namespace Weir.Orchestrator.Requests;

/// <summary>Somebody wants a pool level now. The replica that hears it plans, whoever's turn it is.</summary>
internal sealed class RequestRebalanceConsumer(WakeSignal signal) : IConsumer<RequestRebalance>
{
    public Task Consume(ConsumeContext<RequestRebalance> context)
    {
        signal.Rebalance(context.Message.Pool ?? "", context.Message.Key ?? "");
        return Task.CompletedTask;
    }
}
