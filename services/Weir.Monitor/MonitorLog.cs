using Microsoft.Extensions.Logging;

namespace Weir.Monitor;

internal static partial class MonitorLog
{
    [LoggerMessage(350, LogLevel.Information, "{Fact} in pool {Pool}: {Body}")]
    internal static partial void Heard(ILogger logger, string fact, string pool, string body);

    [LoggerMessage(351, LogLevel.Error, "A {Message} (message id {MessageId}) could not be handled at {Where} and is parked: {Reason}")]
    internal static partial void Parked(ILogger logger, string message, Guid? messageId, string where, string reason);
}
