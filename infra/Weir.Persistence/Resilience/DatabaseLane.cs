namespace Weir.Persistence.Resilience;

/// <summary>Which connections a unit of work uses. On SQLite there is one lane.</summary>
public enum DatabaseLane
{
    /// <summary>The process's pool.</summary>
    Main,

    /// <summary>The few connections that beats have for themselves.</summary>
    Beats,
}
