namespace Weir.Persistence.Stores;

/// <summary>A migration with its workers' names.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Pool">The stream's pool.</param>
/// <param name="Stream">The stream.</param>
/// <param name="State">By its name.</param>
/// <param name="From">The worker it leaves; null when its lease was cleaned up.</param>
/// <param name="To">The worker it goes to; null when its lease was cleaned up.</param>
/// <param name="Source">The life it leaves.</param>
/// <param name="Target">The life it goes to.</param>
/// <param name="SourceEpoch">The epoch it had there.</param>
/// <param name="TargetEpoch">The epoch it gets; 0 while Releasing.</param>
/// <param name="Reason">Why the plan wanted it.</param>
/// <param name="Asked">How often the present question was asked again.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="EndedAt">UTC; null while it is open.</param>
public sealed record MigrationReading(
    Guid Id,
    string Pool,
    string Stream,
    string State,
    string? From,
    string? To,
    long Source,
    long Target,
    long SourceEpoch,
    long TargetEpoch,
    string? Reason,
    int Asked,
    DateTime StartedAt,
    DateTime? EndedAt);
