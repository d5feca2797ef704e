using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Weir.Outbox.Tests.Support;

/// <summary>Hears how long the lane stays away from a database that does not answer.</summary>
internal sealed class LaneLog : ILoggerProvider, ILogger
{
    private const int LookFailed = 3;
    private double _longestPauseMs;

    /// <summary>The longest pause so far, in milliseconds.</summary>
    internal double LongestPauseMs => Volatile.Read(ref _longestPauseMs);

    public ILogger CreateLogger(string categoryName) => categoryName.Contains("DeliveryService", StringComparison.Ordinal)
        ? this
        : NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == LookFailed && state is IEnumerable<KeyValuePair<string, object?>> parts && parts.FirstOrDefault(one => one.Key == "PauseMs").Value is double pause)
            Volatile.Write(ref _longestPauseMs, pause);
    }

    public void Dispose()
    {
    }
}
