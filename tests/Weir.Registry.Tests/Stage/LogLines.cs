using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Weir.Registry.Tests.Stage;

/// <summary>What a service said, by the number of the event.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(int Event, string Words)> _said = new();

    internal IReadOnlyList<string> Of(int number) => [.. _said.Where(one => one.Event == number).Select(one => one.Words)];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _said.Enqueue((eventId.Id, formatter(state, exception)));

    public void Dispose()
    {
    }
}
