namespace Weir.Diagnostics.Api;

/// <summary>One stream taken from a worker and given to another.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="From">Who has it.</param>
/// <param name="To">Who gets it.</param>
/// <param name="Reason">Such as <c>imbalance</c> or <c>workerDraining</c>.</param>
public sealed record PlannedMove(string Stream, string From, string To, string Reason);
