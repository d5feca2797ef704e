using Microsoft.Extensions.Logging;
using Weir.Persistence.Faults;

namespace Weir.Persistence.Resilience;

/// <summary>
/// Tells of failures: one entry a failed unit of work, with figures and codes only. The exception itself goes to the caller and
/// not into the log, for a server's words may quote the values that were sent.
/// </summary>
internal sealed partial class FailureRecord(ILogger<DatabaseResilience> logger, DatabaseMetrics metrics)
{
    internal void Succeeded(Effort effort)
    {
        metrics.Ended(effort.Call.Operation, "ok", effort.Elapsed);
        var durationMs = effort.Elapsed.TotalMilliseconds;
        if (effort.Tries > 1) LogRecovered(effort.Call.Operation, effort.Tries, durationMs, effort.CorrelationId);
    }

    internal void WillRetry(Effort effort, Fault fault, TimeSpan pause)
    {
        metrics.Failed(effort.Call.Operation, fault.Category, retried: true);
        var pauseMs = pause.TotalMilliseconds;
        LogRetrying(effort.Call.Operation, fault.Category, fault.SqlState ?? "none", effort.Tries, pauseMs, effort.CorrelationId);
    }

    internal void Failed(Effort effort, Fault fault)
    {
        metrics.Failed(effort.Call.Operation, fault.Category, retried: false);
        metrics.Ended(effort.Call.Operation, "failed", effort.Elapsed);
        var level = fault.Category is FaultCategory.Conflict or FaultCategory.Cancelled ? LogLevel.Information : LogLevel.Error;
        var durationMs = effort.Elapsed.TotalMilliseconds;
        LogFailed(level, effort.Call.Operation, fault.Category, fault.SqlState ?? "none", effort.Tries, durationMs, effort.CorrelationId);
    }

    [LoggerMessage(EventId = 2001, EventName = "DatabaseOperationFailed",
        Message = "{Operation} failed: {Category}, SQLSTATE {SqlState}, try {Attempt}, {DurationMs:0.0} ms, correlation {CorrelationId}")]
    private partial void LogFailed(LogLevel level, string operation, FaultCategory category, string sqlState, int attempt, double durationMs, string correlationId);

    [LoggerMessage(EventId = 2002, EventName = "DatabaseOperationRetrying", Level = LogLevel.Information,
        Message = "{Operation} will be tried again in {PauseMs:0} ms: {Category}, SQLSTATE {SqlState}, try {Attempt}, correlation {CorrelationId}")]
    private partial void LogRetrying(string operation, FaultCategory category, string sqlState, int attempt, double pauseMs, string correlationId);

    [LoggerMessage(EventId = 2003, EventName = "DatabaseOperationRecovered", Level = LogLevel.Information,
        Message = "{Operation} got through at try {Attempt}, {DurationMs:0.0} ms, correlation {CorrelationId}")]
    private partial void LogRecovered(string operation, int attempt, double durationMs, string correlationId);
}
