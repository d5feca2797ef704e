using Microsoft.Extensions.Logging;

namespace Weir.Outbox.Delivery;

/// <summary>What delivery says.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(1, LogLevel.Debug, "Outbox row {SequenceNumber} (message {MessageId} to {Destination}) stays: {Reason}")]
    public static partial void TryAgain(ILogger logger, long sequenceNumber, Guid messageId, string? destination, string reason);

    [LoggerMessage(2, LogLevel.Error, "Outbox row {SequenceNumber} (message {MessageId} to {Destination}) cannot be delivered and is set aside")]
    public static partial void SetAside(ILogger logger, long sequenceNumber, Guid messageId, string? destination, Exception reason);

    [LoggerMessage(3, LogLevel.Warning, "Outbox lane {Lane} could not be looked at; the next look is in {PauseMs} ms")]
    public static partial void LookFailed(ILogger logger, string lane, double pauseMs, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Outbox lane {Lane} waits: no message could be delivered in its last look, {Held} destinations are held")]
    public static partial void Waits(ILogger logger, string lane, int held);

    [LoggerMessage(5, LogLevel.Information, "Outbox lane {Lane} delivers again")]
    public static partial void Delivers(ILogger logger, string lane);

    [LoggerMessage(6, LogLevel.Warning, "The depth of outbox lane {Lane} could not be read")]
    public static partial void DepthUnread(ILogger logger, string lane, Exception exception);
}
