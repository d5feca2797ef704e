namespace Weir.Persistence.Rows;

/// <summary>Table <c>pools</c>, written by Orchestrator alone: what is planned together.</summary>
public sealed class StoredPool : IMarkedRow
{
    /// <summary>The key, 1 to 64 characters.</summary>
    public required string Pool { get; init; }

    /// <summary>Bumped by plan applies and by nothing else; guards against two planners.</summary>
    public long Version { get; set; }

    /// <summary>The pool's own figures as a JSON object; what it does not name has its default.</summary>
    public string Settings { get; set; } = "{}";

    /// <inheritdoc/>
    public ulong Changed { get; init; }
}
