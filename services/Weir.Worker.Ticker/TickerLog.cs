using Microsoft.Extensions.Logging;

namespace Weir.Worker.Ticker;

internal static partial class TickerLog
{
    [LoggerMessage(230, LogLevel.Warning, "{Ticks} ticks did not reach the sink: {Why}")]
    internal static partial void NotWritten(ILogger logger, int ticks, string why);
}
