namespace Weir.Orchestrator.Planning;

/// <summary>What became of a plan.</summary>
/// <param name="Kind">Whether it took effect.</param>
/// <param name="Placed">Streams that got an owner.</param>
/// <param name="Moving">Moves that began.</param>
/// <param name="Dropped">Rows that lost, and are planned again.</param>
internal readonly record struct ApplyOutcome(ApplyKind Kind, int Placed, int Moving, int Dropped);
