namespace Weir.Persistence.Schema;

/// <summary>How a database stands to this program.</summary>
public enum SchemaState
{
    /// <summary>It has exactly the tables this program knows.</summary>
    Current,

    /// <summary>It answers and has none of Weir's tables.</summary>
    Empty,

    /// <summary>It lacks migrations that this program has.</summary>
    Older,

    /// <summary>It has migrations that this program does not know: it was migrated by a later one.</summary>
    Newer,

    /// <summary>It has the right tables, and takes no writes: a standby, or set so.</summary>
    ReadOnly,

    /// <summary>It does not answer, does not exist or does not let us in.</summary>
    Unreachable,
}
