namespace Weir.Diagnostics.Api;

/// <summary>A stream that stays without an owner.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Reason">Such as <c>noRoom</c> or <c>pinnedWorkerFull</c>.</param>
public sealed record PlanUnplaced(string Stream, string Reason);
