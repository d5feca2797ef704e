namespace Weir.Persistence.Rows;

/// <summary>
/// Table <c>rebalances</c>, written by Orchestrator alone: a request for a plan that was taken and is not answered yet. Gone with the plan
/// that names it, or after a day where nobody plans its pool.
/// </summary>
public sealed class StoredRebalance
{
    /// <summary>The pool; first half of the key, 1 to 64 characters.</summary>
    public required string Pool { get; init; }

    /// <summary>The request's idempotency key; second half of the key, 0 to 128 characters.</summary>
    public required string Key { get; init; }

    /// <summary>When it was taken; UTC on the database's clock.</summary>
    public DateTime AskedAt { get; init; }
}
