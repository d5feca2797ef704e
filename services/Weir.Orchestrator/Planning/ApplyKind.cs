namespace Weir.Orchestrator.Planning;

/// <summary>Whether a plan took effect.</summary>
internal enum ApplyKind
{
    /// <summary>It did, at least in part.</summary>
    Applied,

    /// <summary>Each of its rows is another one by now; nothing was written.</summary>
    Nothing,

    /// <summary>Another plan was first: dropped whole.</summary>
    Stale,

    /// <summary>The database is in a life that is not open: nothing is granted.</summary>
    Closed,
}
