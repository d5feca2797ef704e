namespace Weir.Diagnostics.Api;

/// <summary>A worker as lists show it.</summary>
public record WorkerSummary
{
    /// <summary>1 to 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The pool it is planned in.</summary>
    public required string Pool { get; init; }

    /// <summary>How it stands.</summary>
    public required WorkerStanding State { get; init; }

    /// <summary>Units of weight it can carry.</summary>
    public required double Capacity { get; init; }

    /// <summary>Streams that it has, those that start or are being released there too.</summary>
    public required int Streams { get; init; }

    /// <summary>Their weight; what a handler reports counts instead of what was declared.</summary>
    public required double Weight { get; init; }

    /// <summary><see cref="Weight"/> by <see cref="Capacity"/>: 1 is full.</summary>
    public required double Load { get; init; }

    /// <summary>Its newest life.</summary>
    public required long Incarnation { get; init; }

    /// <summary>How long it has been silent as far as was written down, in milliseconds; 0 while it beats.</summary>
    public required long QuietMs { get; init; }

    /// <summary>An operator, or a stuck handler, keeps new streams away.</summary>
    public required bool Cordoned { get; init; }

    /// <summary>It is being emptied.</summary>
    public required bool Draining { get; init; }

    /// <summary>The worker software's version, as it says.</summary>
    public string? Version { get; init; }

    /// <summary>When its newest life began.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Names and values.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
