namespace Weir.Core.Sagas;

/// <summary>The life of one move.</summary>
public enum MigrationState
{
    /// <summary>The old owner was told to stop.</summary>
    Releasing,

    /// <summary>The new owner was told to start.</summary>
    Starting,

    /// <summary>The new owner runs it.</summary>
    Completed,

    /// <summary>It ended otherwise, and the row says who may have the stream.</summary>
    RolledBack,

    /// <summary>The old owner's handler does not end: the stream is where it was.</summary>
    Failed,
}
