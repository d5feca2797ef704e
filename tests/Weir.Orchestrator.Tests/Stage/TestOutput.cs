using Microsoft.Extensions.Logging;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>What a replica logs stands with the test's result.</summary>
internal sealed class TestOutput(string replica) : ILoggerProvider, ILogger
{
    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
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
