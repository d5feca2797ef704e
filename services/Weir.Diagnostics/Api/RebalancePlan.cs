namespace Weir.Diagnostics.Api;

/// <summary>What a rebalance would do now: the planner's answer on a fresh reading. Nothing of it was carried out.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Version">The pool's version it was made from.</param>
/// <param name="Moves">Streams that would move, the most useful first.</param>
/// <param name="Placements">Streams without an owner that would get one.</param>
/// <param name="Before">The workers as they stand.</param>
/// <param name="After">The workers as they would stand.</param>
/// <param name="Certificate">The proof.</param>
/// <param name="Report">What it would wait for and refuse.</param>
public sealed record RebalancePlan(
    string Pool,
    long Version,
    IReadOnlyList<PlannedMove> Moves,
    IReadOnlyList<PlannedPlacement> Placements,
    IReadOnlyList<WorkerLevel> Before,
    IReadOnlyList<WorkerLevel> After,
    PlanCertificate Certificate,
    PlanNotes Report);
