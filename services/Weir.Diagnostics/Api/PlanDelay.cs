namespace Weir.Diagnostics.Api;

/// <summary>A move that was wanted and is not in the plan.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Worker">The worker that should have given it up, or kept it; null for none.</param>
/// <param name="Reason">Such as <c>budget</c>, <c>coolingDown</c> or <c>pinned</c>.</param>
public sealed record PlanDelay(string Stream, string? Worker, string Reason);
