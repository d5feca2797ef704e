namespace Weir.Diagnostics.Api;

/// <summary>A worker with all that is known of it.</summary>
public sealed record WorkerDetail : WorkerSummary
{
    /// <summary>The process that registered it.</summary>
    public required string Process { get; init; }

    /// <summary>How many handlers it says it runs.</summary>
    public required int Running { get; init; }

    /// <summary>How many handlers did not end in time.</summary>
    public required int Stuck { get; init; }

    /// <summary>It beats and reads no commands: its lease is not renewed.</summary>
    public required bool CommandsUnread { get; init; }

    /// <summary>The process's share of the cores it may use, 0 to 1; null when it does not say.</summary>
    public double? CpuShare { get; init; }

    /// <summary>The process's resident memory in bytes; null when it does not say.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Open migrations that leave it.</summary>
    public required int Leaving { get; init; }

    /// <summary>Open migrations that go to it.</summary>
    public required int Coming { get; init; }

    /// <summary>The figures of its lease.</summary>
    public required LeaseFigures Lease { get; init; }
}
