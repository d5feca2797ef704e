using Microsoft.Extensions.Logging;

namespace Weir.Cli.Dev.Hosting;

/// <summary>One category of the log file.</summary>
internal sealed class LogFileLogger(LogFile file, string category) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            file.Write(logLevel, category, formatter(state, exception), exception);
    }
}
