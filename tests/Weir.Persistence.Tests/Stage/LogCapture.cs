using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Weir.Persistence.Tests.Stage;

/// <summary>Keeps every entry of every category at every level, as a sink set to the most talkative would.</summary>
internal sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    internal IReadOnlyList<LogEntry> Entries => [.. _entries];

    /// <summary>Entries that tell of a failed unit of work.</summary>
    internal IReadOnlyList<LogEntry> Failures => [.. _entries.Where(entry => entry.Id.Name == "DatabaseOperationFailed")];

    internal IReadOnlyList<LogEntry> Retries => [.. _entries.Where(entry => entry.Id.Name == "DatabaseOperationRetrying")];

    public ILogger CreateLogger(string categoryName) => new Sink(categoryName, _entries);

    public void Dispose()
    {
    }

    private sealed class Sink(string category, ConcurrentQueue<LogEntry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var fields = (state as IEnumerable<KeyValuePair<string, object?>> ?? [])
                .GroupBy(field => field.Key, StringComparer.Ordinal)
                .ToDictionary(field => field.Key, field => Convert.ToString(field.First().Value, CultureInfo.InvariantCulture) ?? "", StringComparer.Ordinal);
            entries.Enqueue(new LogEntry(category, logLevel, eventId, formatter(state, exception) + exception, fields));
        }
    }
}
