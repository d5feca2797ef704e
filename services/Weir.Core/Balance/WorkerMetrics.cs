namespace Weir.Core.Balance;

/// <summary>What a worker reports about itself. Null means it did not say; that is neutral, and the score says so.</summary>
public sealed record WorkerMetrics
{
    /// <summary>Processor use, 0 to 1. Above 1 counts as 1.</summary>
    public double? Cpu { get; init; }

    /// <summary>Memory use, 0 to 1. Above 1 counts as 1.</summary>
    public double? Memory { get; init; }

    /// <summary>The one-minute load average, 0 and up; 4 and more count as full.</summary>
    public double? Load1 { get; init; }

    /// <summary>Failures counted lately, 0 and up; 10 and more count as the worst.</summary>
    public double? Failures { get; init; }

    /// <summary>Time to answer, in seconds, 0 and up; 1 and more count as the worst.</summary>
    public double? ResponseSeconds { get; init; }
}
