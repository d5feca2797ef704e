using Microsoft.Extensions.Logging;

namespace Weir.ServiceDefaults;

internal static partial class StartLog
{
    [LoggerMessage(400, LogLevel.Critical, "Refused to start: {Words}")]
    internal static partial void Refused(ILogger logger, string words);
}
