using Microsoft.Extensions.Logging;

namespace Weir.Bus.Connecting;

internal static partial class ConnectLog
{
    [LoggerMessage(130, LogLevel.Warning, "No broker answers at {Target}: waiting for it")]
    internal static partial void Away(ILogger logger, string target);

    [LoggerMessage(131, LogLevel.Information, "The broker at {Target} answers again after {ElapsedMs:0} ms")]
    internal static partial void Back(ILogger logger, string target, double elapsedMs);

    [LoggerMessage(132, LogLevel.Error, "{Refusal}")]
    internal static partial void Untrusted(ILogger logger, string refusal);
}
