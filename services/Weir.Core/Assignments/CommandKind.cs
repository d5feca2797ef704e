namespace Weir.Core.Assignments;

/// <summary>What a worker is told about one stream.</summary>
public enum CommandKind
{
    /// <summary>Nothing is sent.</summary>
    None,

    /// <summary>Run it at this epoch.</summary>
    Start,

    /// <summary>Stop it, and nothing at or below this epoch may start any more.</summary>
    Release,
}
