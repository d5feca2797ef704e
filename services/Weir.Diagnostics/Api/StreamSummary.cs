namespace Weir.Diagnostics.Api;

/// <summary>A stream as lists show it.</summary>
public record StreamSummary
{
    /// <summary>1 to 128 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The pool it is planned in.</summary>
    public required string Pool { get; init; }

    /// <summary>Which handler runs it.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required StreamState State { get; init; }

    /// <summary>Who has it, or is to release it; null while nobody does.</summary>
    public string? Worker { get; init; }

    /// <summary>The epoch it was granted under last; 0 when it never was. Below 2^53.</summary>
    public required long Epoch { get; init; }

    /// <summary>Since when it has its owner, or none; null when that was not heard.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Units of capacity it was declared to take.</summary>
    public required double Weight { get; init; }

    /// <summary>Units it takes as its handler says; null when it does not say.</summary>
    public double? Load { get; init; }

    /// <summary><c>fenced</c> or <c>unfenced</c>: whether its sink checks epochs.</summary>
    public required string Class { get; init; }

    /// <summary>A migration is carrying it.</summary>
    public bool Migrating { get; init; }

    /// <summary>The only worker that may have it; null for any.</summary>
    public string? PinnedTo { get; init; }

    /// <summary>Names and values.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
