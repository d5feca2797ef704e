namespace Weir.Persistence.Faults;

/// <summary>What kind of trouble the database was, as logs and counters name it.</summary>
public enum FaultCategory
{
    /// <summary>Nothing we know: told as it came, never retried.</summary>
    Unknown,

    /// <summary>Two transactions waited for each other (40P01). Retried.</summary>
    Deadlock,

    /// <summary>Concurrent transactions could not be ordered (40001). Retried.</summary>
    Serialization,

    /// <summary>A lock was not to be had in time (55P03), or SQLite's file was busy. Retried.</summary>
    LockTimeout,

    /// <summary>The connection broke or could not be made (08…). Retried.</summary>
    ConnectionLost,

    /// <summary>The server stops or starts (57P01, 57P02, 57P03), or takes no writes just now (25006). Retried.</summary>
    ServerUnavailable,

    /// <summary>The server has no connection or memory left (53300, 53200). Retried.</summary>
    ServerFull,

    /// <summary>A statement or an answer took too long. Retried while the deadline allows.</summary>
    Timeout,

    /// <summary>All connections of this process are in use: shed at once, for waiting was the retry.</summary>
    PoolExhausted,

    /// <summary>The unit of work took longer than it may and was ended.</summary>
    DeadlineExceeded,

    /// <summary>COMMIT was sent and its answer was lost. Never retried: read first.</summary>
    CommitUnknown,

    /// <summary>Somebody else changed the row first. An outcome to plan again from, not to retry.</summary>
    Conflict,

    /// <summary>A key, check or other constraint refuses the data (23…). Never retried.</summary>
    Constraint,

    /// <summary>A value does not fit (22…). Never retried.</summary>
    Data,

    /// <summary>The statement is wrong or the schema is another (42…). Never retried.</summary>
    Syntax,

    /// <summary>The role may not do it, or was not let in (42501, 28…). Never retried.</summary>
    Permission,

    /// <summary>No disk space is left (53100). Never retried: it does not pass by itself.</summary>
    DiskFull,

    /// <summary>The caller gave up.</summary>
    Cancelled,
}
