using Npgsql;

namespace Weir.Persistence.Faults;

/// <summary>PostgreSQL's codes in our categories. What stands in no line is unknown, and unknown is never retried.</summary>
internal static class SqlStates
{
    internal static FaultCategory Judge(string code) => code switch
    {
        PostgresErrorCodes.DeadlockDetected => FaultCategory.Deadlock,
        PostgresErrorCodes.SerializationFailure => FaultCategory.Serialization,
        PostgresErrorCodes.LockNotAvailable => FaultCategory.LockTimeout,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => FaultCategory.ServerUnavailable,
        // A standby that is being promoted, or the old primary that came back as one.
        PostgresErrorCodes.ReadOnlySqlTransaction => FaultCategory.ServerUnavailable,
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.OutOfMemory => FaultCategory.ServerFull,
        PostgresErrorCodes.DiskFull => FaultCategory.DiskFull,
        PostgresErrorCodes.QueryCanceled => FaultCategory.Timeout,
        IdleInTransaction or TransactionTimeout => FaultCategory.DeadlineExceeded,
        PostgresErrorCodes.InsufficientPrivilege => FaultCategory.Permission,
        PostgresErrorCodes.InvalidCatalogName => FaultCategory.Syntax,
        _ => JudgeClass(code),
    };

    // 25P04 came with PostgreSQL 17.
    private const string IdleInTransaction = "25P03";
    private const string TransactionTimeout = "25P04";

    private static FaultCategory JudgeClass(string code) => code.AsSpan(0, Math.Min(2, code.Length)) switch
    {
        "08" => FaultCategory.ConnectionLost,
        "22" => FaultCategory.Data,
        "23" => FaultCategory.Constraint,
        "28" => FaultCategory.Permission,
        "42" => FaultCategory.Syntax,
        _ => FaultCategory.Unknown,
    };
}
