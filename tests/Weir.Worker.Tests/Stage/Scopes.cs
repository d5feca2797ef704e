using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Weir.Worker.Tests.Stage;

/// <summary>Log lines with the scopes that they were written in.</summary>
internal sealed class Scopes : ILoggerProvider, ILogger, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    internal ConcurrentQueue<(string Line, IReadOnlyDictionary<string, object?> Scope)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        _scopes.ForEachScope(
            (scope, found) =>
            {
                foreach (var (name, value) in scope as IEnumerable<KeyValuePair<string, object?>> ?? [])
                    found[name] = value;
            },
            all);
        Lines.Enqueue((formatter(state, exception), all));
    }
}
