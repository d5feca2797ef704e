using System.Diagnostics;
using Weir.Persistence.Faults;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Resilience;

/// <summary>One unit of work over all its tries: how often, how long, and what went wrong last.</summary>
internal sealed class Effort(DatabaseCall call, DatabaseOptions options, TimeProvider clock)
{
    private readonly long _begun = clock.GetTimestamp();
    private long _tryBegun;
    private Exception? _last;

    internal DatabaseCall Call => call;

    internal string CorrelationId { get; } = call.CorrelationId ?? Activity.Current?.TraceId.ToHexString() ?? "none";

    internal int Tries { get; private set; }

    internal TimeSpan Elapsed => clock.GetElapsedTime(_begun);

    /// <summary>How much of the deadline is left; not below zero.</summary>
    internal TimeSpan Left => options.Deadline > Elapsed ? options.Deadline - Elapsed : TimeSpan.Zero;

    internal void Begin()
    {
        Tries++;
        _tryBegun = clock.GetTimestamp();
    }

    internal void Failed(Exception exception)
    {
        // A pause or a statement that was cut short by the deadline must not hide what it was waiting to get over.
        if (exception is not OperationCanceledException || _last is null) _last = exception;
    }

    /// <summary>What the caller is told, and how it is counted.</summary>
    /// <param name="thrown">What came out of the last try or the last pause.</param>
    /// <param name="overdue">The deadline has passed.</param>
    /// <param name="givenUp">The caller has given up.</param>
    internal (Exception Exception, Fault Fault) End(Exception thrown, bool overdue, bool givenUp)
    {
        var fault = FaultJudge.Judge(thrown);
        if (thrown is DatabaseFaultException and not TransactionLostException) return (thrown, fault);
        if (fault.Category == FaultCategory.PoolExhausted)
            return Named(new ConnectionPoolExhaustedException(call.Operation, clock.GetElapsedTime(_tryBegun), thrown));
        if (givenUp && IsCutShort(thrown, fault)) return (thrown, fault with { Category = FaultCategory.Cancelled });
        if (overdue && (IsCutShort(thrown, fault) || fault.IsTransient))
            return Named(new DatabaseDeadlineException(call.Operation, FaultJudge.Judge(_last ?? thrown).SqlState, options.Deadline, Tries, _last ?? thrown));
        if (fault.Category == FaultCategory.DeadlineExceeded)
            return Named(new DatabaseDeadlineException(call.Operation, fault.SqlState, Elapsed, Tries, thrown));
        return fault.IsTransient
            ? Named(new DatabaseUnavailableException(call.Operation, fault.Category, fault.SqlState, Tries, thrown))
            : (thrown, fault);
    }

    private static bool IsCutShort(Exception thrown, Fault fault) => thrown is OperationCanceledException || fault.Category is FaultCategory.Cancelled or FaultCategory.Timeout;

    private static (Exception Exception, Fault Fault) Named(DatabaseFaultException named) => (named, new Fault(named.Category, named.SqlState));
}
