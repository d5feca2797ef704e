using MassTransit;
using Microsoft.Extensions.Logging;

namespace Weir.Monitor.Faults;

/// <summary>Says that a message was parked: what it was, where, and why. The message itself stands in the error queue.</summary>
internal sealed class FaultConsumer(MonitorMetrics metrics, ILogger<FaultConsumer> logger) : IConsumer<Fault>
{
    public Task Consume(ConsumeContext<Fault> context)
    {
        var fault = context.Message;
        var message = fault.FaultMessageTypes is [var urn, ..] ? urn.Split(':')[^1] : "message that nobody could read";
        var reason = fault.Exceptions is [var first, ..] ? $"{first.ExceptionType}: {first.Message}" : "no reason given";
        metrics.Parked(message);
        MonitorLog.Parked(logger, message, fault.FaultedMessageId, context.SourceAddress?.ToString() ?? "an unknown place", reason);
        return Task.CompletedTask;
    }
}
