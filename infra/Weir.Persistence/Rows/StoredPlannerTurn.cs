namespace Weir.Persistence.Rows;

/// <summary>Table <c>planner_turn</c>: who plans a pool just now. It saves double work and guards nothing.</summary>
public sealed class StoredPlannerTurn
{
    /// <summary>The key.</summary>
    public required string Pool { get; init; }

    /// <summary>The process that took the turn, at most 128 characters.</summary>
    public required string Holder { get; set; }

    /// <summary>UTC on the database's clock.</summary>
    public DateTime Until { get; set; }
}
