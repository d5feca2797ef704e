namespace Weir.Core.Planning;

/// <summary>What the plan waits for and what it refused, each with why.</summary>
/// <param name="Delays">Moves that were wanted and are not in the plan, one a stream.</param>
/// <param name="Calm">True when nobody was moved by choice because the fleet is inside the outer band, or the policy forbids it.</param>
public sealed record PlanReport(IReadOnlyList<Delay> Delays, bool Calm);
