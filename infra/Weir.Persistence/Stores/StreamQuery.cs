namespace Weir.Persistence.Stores;

/// <summary>Which streams are asked for, in which order, and from where on. Names are checked by whoever asks.</summary>
public sealed record StreamQuery
{
    /// <summary>The states there are.</summary>
    public static IReadOnlyList<string> States { get; } = ["running", "starting", "unowned", "quarantined", "paused"];

    /// <summary>The orders there are.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["id", "pool", "kind", "state", "worker", "weight", "load"];

    /// <summary>Only these states; empty for all.</summary>
    public IReadOnlyList<string> OnlyStates { get; init; } = [];

    /// <summary>Only what this worker has; null for any.</summary>
    public string? Worker { get; init; }

    /// <summary>Only this kind; null for any.</summary>
    public string? Kind { get; init; }

    /// <summary>Only this pool; null for any.</summary>
    public string? Pool { get; init; }

    /// <summary>Only what has all these labels.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>Only streams whose id, kind or worker holds this text, whatever the case; null for all.</summary>
    public string? Text { get; init; }

    /// <summary>One of <see cref="Sorts"/>; ties are broken by id.</summary>
    public string Sort { get; init; } = "id";

    /// <summary>From the highest down.</summary>
    public bool IsDescending { get; init; }

    /// <summary>The last row that was given out: what it was sorted by (a number where that is one), and its id; null to begin.</summary>
    public (object Key, string Id)? After { get; init; }

    /// <summary>At most so many rows.</summary>
    public int Limit { get; init; } = 50;
}
