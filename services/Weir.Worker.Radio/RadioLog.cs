using Microsoft.Extensions.Logging;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio;

internal static partial class RadioLog
{
    [LoggerMessage(240, LogLevel.Information, "Stream {Stream} is heard from {Host}; a title each {TitleEvery} bytes (0: never)")]
    internal static partial void Tuned(ILogger logger, string stream, string host, long titleEvery);

    [LoggerMessage(241, LogLevel.Information, "Stream {Stream} is not heard ({Fault}): {Why}")]
    internal static partial void Lost(ILogger logger, string stream, TuningFault fault, string why);

    [LoggerMessage(242, LogLevel.Warning, "Plays of stream {Stream} were not written, and are kept: {Why}")]
    internal static partial void NotWritten(ILogger logger, string stream, string why);

    [LoggerMessage(243, LogLevel.Warning, "Stream {Stream} could not be claimed, and is claimed again: {Why}")]
    internal static partial void NotClaimed(ILogger logger, string stream, string why);

    [LoggerMessage(244, LogLevel.Warning, "{Count} plays of stream {Stream} were given up: the database was away for too many of them")]
    internal static partial void GivenUp(ILogger logger, int count, string stream);
}
