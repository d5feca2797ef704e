using Microsoft.Extensions.Logging;

namespace Weir.Bus.Store;

internal static partial class StoreLog
{
    [LoggerMessage(100, LogLevel.Warning, "The store is away: endpoints stand still until it answers")]
    internal static partial void Away(ILogger logger, Exception fault);

    [LoggerMessage(101, LogLevel.Debug, "The store is still away: {Kind}: {Message}")]
    internal static partial void StillAway(ILogger logger, string kind, string message);

    [LoggerMessage(102, LogLevel.Information, "The store answers again after {ElapsedMs:0} ms: endpoints go on")]
    internal static partial void Back(ILogger logger, double elapsedMs);
}
