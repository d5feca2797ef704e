namespace Weir.Persistence.Stores;

/// <summary>Which migrations are asked for; the latest come first.</summary>
public sealed record MigrationQuery
{
    /// <summary>Only these states, by their names; empty for all.</summary>
    public IReadOnlyList<string> OnlyStates { get; init; } = [];

    /// <summary>Only this stream's; null for any.</summary>
    public string? Stream { get; init; }

    /// <summary>Only those that leave this worker or go to it; null for any.</summary>
    public string? Worker { get; init; }

    /// <summary>Only this pool's; null for any.</summary>
    public string? Pool { get; init; }

    /// <summary>The last row that was given out: when it began, UTC, and its id; null to begin.</summary>
    public (DateTime StartedAt, Guid Id)? After { get; init; }

    /// <summary>At most so many rows.</summary>
    public int Limit { get; init; } = 50;
}
