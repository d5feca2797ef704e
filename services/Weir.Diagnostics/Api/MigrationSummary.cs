namespace Weir.Diagnostics.Api;

/// <summary>One stream's move from a worker to another.</summary>
public sealed record MigrationSummary
{
    /// <summary>The move.</summary>
    public required Guid Id { get; init; }

    /// <summary>The stream's pool.</summary>
    public required string Pool { get; init; }

    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary><c>releasing</c>, <c>starting</c>, <c>completed</c>, <c>rolledBack</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>The worker it leaves; null when it was struck from the register since.</summary>
    public string? From { get; init; }

    /// <summary>The worker it goes to; null when it was struck from the register since.</summary>
    public string? To { get; init; }

    /// <summary>The life it leaves.</summary>
    public required long FromIncarnation { get; init; }

    /// <summary>The life it goes to.</summary>
    public required long ToIncarnation { get; init; }

    /// <summary>The epoch it had there.</summary>
    public required long FromEpoch { get; init; }

    /// <summary>The epoch it gets; 0 while it is being released.</summary>
    public required long ToEpoch { get; init; }

    /// <summary>Why the plan wanted it, such as <c>imbalance</c> or <c>workerDraining</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>From its beginning to its end, in milliseconds; null while it is open.</summary>
    public long? TookMs { get; init; }

    /// <summary>How often the present question was asked again.</summary>
    public required int Asked { get; init; }
}
