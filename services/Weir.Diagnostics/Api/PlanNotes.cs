namespace Weir.Diagnostics.Api;

/// <summary>What a plan waits for and what it refused, each with why.</summary>
/// <param name="Calm">Nobody was moved by choice: the fleet is inside its outer band, or moves were not allowed then.</param>
/// <param name="Waiting">Streams whose last owner may still act: they are left out until it cannot.</param>
/// <param name="Delayed">How many moves were wanted and are not in the plan.</param>
/// <param name="Delays">The first 200 of them.</param>
/// <param name="Unplaced">How many streams stay without an owner.</param>
/// <param name="WithoutOwner">The first 200 of them.</param>
public sealed record PlanNotes(bool Calm, int Waiting, int Delayed, IReadOnlyList<PlanDelay> Delays, int Unplaced, IReadOnlyList<PlanUnplaced> WithoutOwner);
