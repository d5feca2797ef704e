namespace Weir.Diagnostics.Api;

/// <summary>One thing that would make a stream move, or that keeps it where it is.</summary>
/// <param name="Kind">A name such as <c>pinned</c>, <c>coolingDown</c>, <c>outsideBand</c>, <c>workerLeaves</c> or <c>planned</c>.</param>
/// <param name="Keeps">True when it keeps the stream, false when it would move it.</param>
/// <param name="Words">What it is, with its figures.</param>
public sealed record MoveCondition(string Kind, bool Keeps, string Words);
