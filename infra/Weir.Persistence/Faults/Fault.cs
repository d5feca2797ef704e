namespace Weir.Persistence.Faults;

/// <summary>A failure, judged.</summary>
/// <param name="Category">What kind.</param>
/// <param name="SqlState">PostgreSQL's five characters, <c>SQLITE_n</c> with SQLite's code, or null when no server spoke.</param>
internal readonly record struct Fault(FaultCategory Category, string? SqlState)
{
    /// <summary>It passes by itself, and the whole unit of work may be done again.</summary>
    internal bool IsTransient => Category is
        FaultCategory.Deadlock or FaultCategory.Serialization or FaultCategory.LockTimeout or FaultCategory.ConnectionLost
        or FaultCategory.ServerUnavailable or FaultCategory.ServerFull or FaultCategory.Timeout;
}
