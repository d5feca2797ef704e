using Microsoft.Extensions.Logging;

namespace Weir.Diagnostics;

internal static partial class DiagnosticsLog
{
    [LoggerMessage(600, LogLevel.Error, "{Method} {Path} failed")]
    internal static partial void Failed(ILogger logger, Exception fault, string method, string path);

    [LoggerMessage(601, LogLevel.Warning, "{Method} {Path} was answered with {Status}: {Why}")]
    internal static partial void Away(ILogger logger, string method, string path, int status, string why);

    [LoggerMessage(602, LogLevel.Information, "{Method} {Path} by the operator's key: {Status}")]
    internal static partial void Changed(ILogger logger, string method, string path, int status);

    [LoggerMessage(603, LogLevel.Information, "The operator's key was made: {File}")]
    internal static partial void KeyMade(ILogger logger, string file);

    [LoggerMessage(604, LogLevel.Information, "The operator's key is in {File}")]
    internal static partial void KeyFound(ILogger logger, string file);

    [LoggerMessage(605, LogLevel.Warning, "A change was refused: {Method} {Path} came without the operator's key")]
    internal static partial void NoKey(ILogger logger, string method, string path);

    [LoggerMessage(606, LogLevel.Information, "A listener to the events was let go: more than {Waiting} of them waited for it")]
    internal static partial void ListenerSlow(ILogger logger, int waiting);

    [LoggerMessage(607, LogLevel.Information, "Facts may have been missed while the bus was away: listeners are told of a gap")]
    internal static partial void Gap(ILogger logger);

    [LoggerMessage(608, LogLevel.Debug, "An answer came that nobody waits for any more: key {Key} in pool {Pool}")]
    internal static partial void AnswerUnwanted(ILogger logger, string key, string pool);

    [LoggerMessage(609, LogLevel.Warning, "Old owners could not be forgotten: {Why}")]
    internal static partial void NotForgotten(ILogger logger, string why);
}
