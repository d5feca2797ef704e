namespace Weir.Diagnostics.Api;

/// <summary>Why a stream is where it is.</summary>
public sealed record StreamExplanation
{
    /// <summary>The stream as it stands.</summary>
    public required StreamDetail Stream { get; init; }

    /// <summary>Why it is here, or why nobody has it: a name such as <c>placed</c>, <c>imbalance</c>, <c>ownerLost</c>, <c>paused</c>, or <c>notStarted</c> for a Fenced stream that was taken back because nobody claimed its sink in time.</summary>
    public required string Reason { get; init; }

    /// <summary>The same in words.</summary>
    public required string Words { get; init; }

    /// <summary>Since when; null when that was not heard.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How long that is, in milliseconds.</summary>
    public long? ForMs { get; init; }

    /// <summary>What would make it move, or what keeps it, in the order of their weight.</summary>
    public required IReadOnlyList<MoveCondition> WouldMove { get; init; }

    /// <summary>Who would get it if its worker were emptied now; null when nobody has it or could.</summary>
    public string? IfWorkerLeft { get; init; }

    /// <summary>Who has had it, the latest first; at most 10.</summary>
    public required IReadOnlyList<OwnerEntry> Owners { get; init; }

    /// <summary>The plan that put it there, with its certificate; null when it is no longer kept.</summary>
    public PlanSummary? Plan { get; init; }
}
