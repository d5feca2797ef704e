using Microsoft.Extensions.Logging;

namespace Weir.Bus.Sending;

internal static partial class SendLog
{
    [LoggerMessage(120, LogLevel.Information, "{Message} to {Queue} came back: that worker process is gone")]
    internal static partial void WorkerGone(ILogger logger, string message, string? queue);
}
