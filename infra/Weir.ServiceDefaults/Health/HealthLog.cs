using Microsoft.Extensions.Logging;

namespace Weir.ServiceDefaults.Health;

internal static partial class HealthLog
{
    [LoggerMessage(410, LogLevel.Information, "Health is told on http://127.0.0.1:{Port}/health/live and /health/ready")]
    internal static partial void Listening(ILogger logger, int port);

    [LoggerMessage(411, LogLevel.Debug, "A question for health went unanswered: {Why}")]
    internal static partial void NotAnswered(ILogger logger, string why);
}
