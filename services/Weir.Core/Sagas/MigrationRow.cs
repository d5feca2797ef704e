using Weir.Core.Assignments;
using Weir.Core.Identity;

namespace Weir.Core.Sagas;

/// <summary>One move being carried out: one row a stream at a time.</summary>
/// <param name="Stream">The stream that moves.</param>
/// <param name="Source">The incarnation it leaves.</param>
/// <param name="SourceEpoch">The epoch it had there; the only one whose release counts.</param>
/// <param name="Target">The incarnation it goes to.</param>
public readonly record struct MigrationRow(StreamId Stream, Incarnation Source, Epoch SourceEpoch, Incarnation Target)
{
    /// <summary>Where it stands.</summary>
    public MigrationState State { get; init; }

    /// <summary>The epoch it has at the target; none while Releasing.</summary>
    public Epoch TargetEpoch { get; init; }

    /// <summary>How often the present question was asked again.</summary>
    public int Asked { get; init; }

    /// <summary>When to ask again, on the database's clock.</summary>
    public TimeSpan Deadline { get; init; }

    /// <summary>Whether it is over.</summary>
    public bool IsOver => State is MigrationState.Completed or MigrationState.RolledBack or MigrationState.Failed;

    /// <summary>Whether its deadline has passed, on a clock that may be stepped.</summary>
    public bool IsDue(TimeSpan now) => !IsOver && Asking.IsDue(Deadline, now);
}
