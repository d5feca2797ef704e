namespace Weir.Core.Sagas;

/// <summary>What can happen to a move.</summary>
public enum MigrationEventKind
{
    /// <summary>A worker says that nothing runs at or below an epoch: released, refused or failed.</summary>
    Stopped,

    /// <summary>A worker says that the stream runs at an epoch.</summary>
    Started,

    /// <summary>No answer came in time, or a lease changed: look again.</summary>
    LookAgain,

    /// <summary>The old owner reports that the handler does not end.</summary>
    Stuck,
}
