namespace Weir.Diagnostics.Api;

/// <summary>A stream without an owner and who gets it.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="To">Who gets it.</param>
public sealed record PlannedPlacement(string Stream, string To);
