using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>What a replica logs stands with the test's result.</summary>
internal sealed class TestOutput(string replica) : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _said = new();
    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;

    /// <summary>Each entry: its number and its words.</summary>
    internal IEnumerable<string> Said => _said;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _said.Enqueue($"{eventId.Id} {formatter(state, exception)}");
        try
        {
            _output?.WriteLine($"{replica} {logLevel} {eventId.Id} {formatter(state, exception)} {exception}");
        }
        catch (InvalidOperationException)
        {
            // The test is over; what is said afterwards belongs to nobody.
        }
    }

    public void Dispose()
    {
    }
}
