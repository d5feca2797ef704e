namespace Weir.Core.Planning;

/// <summary>The pure function from a snapshot of a pool to a plan: no clock, no randomness, the same in every process.</summary>
public static class Planner
{
    /// <summary>Plans one pool. Thread-safe: nothing is kept between calls.</summary>
    /// <exception cref="ArgumentException">The policy is out of range.</exception>
    public static Plan Plan(Snapshot snapshot, Policy policy)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(policy);
        policy.Validate();

        var standing = Constraints.Apply(snapshot, policy);
        var draft = snapshot.IsUnit ? UnitLevelling.Run(standing, policy) : WeightedLevelling.Run(standing, policy);
        MoveOrder.MakeEachPrefixSafe(standing, draft);
        var wanted = draft.Moves.Length;
        Budget.Cut(draft, policy);
        return Judge.Conclude(standing, draft, policy, wanted);
    }
}
