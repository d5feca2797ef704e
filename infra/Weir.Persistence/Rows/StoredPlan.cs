namespace Weir.Persistence.Rows;

/// <summary>Table <c>plans</c>, written by Orchestrator alone: what was decided, with its proof. Kept 7 days.</summary>
public sealed class StoredPlan
{
    /// <summary>First half of the key.</summary>
    public required string Pool { get; init; }

    /// <summary>The pool's version that the plan made; second half of the key.</summary>
    public long Version { get; init; }

    /// <summary>UTC on the database's clock.</summary>
    public DateTime MadeAt { get; init; }

    /// <summary>The process that made it, for people to read; at most 128 characters.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Moves it holds.</summary>
    public int Moves { get; init; }

    /// <summary>Placements it holds.</summary>
    public int Placements { get; init; }

    /// <summary>The certificate as a JSON object.</summary>
    public required string Certificate { get; init; }

    /// <summary>What it waits for and refused, and why, as a JSON object.</summary>
    public required string Report { get; init; }
}
