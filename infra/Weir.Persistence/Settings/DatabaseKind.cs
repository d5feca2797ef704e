namespace Weir.Persistence.Settings;

/// <summary>Which database holds Weir's tables.</summary>
public enum DatabaseKind
{
    /// <summary>PostgreSQL 13 or newer, for any number of processes.</summary>
    Postgres,

    /// <summary>One SQLite file, for one process that writes.</summary>
    Sqlite,
}
