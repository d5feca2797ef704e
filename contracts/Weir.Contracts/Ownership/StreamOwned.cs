namespace Weir.Contracts.Ownership;

/// <summary>A stream and the worker that has it, as a row of the assignment table.</summary>
/// <param name="StreamId">1 to 128 characters.</param>
/// <param name="Epoch">The epoch of the row.</param>
/// <param name="WorkerId">The owner.</param>
/// <param name="Incarnation">The owner's life.</param>
/// <param name="FromWorkerId">Who had it before; null when nobody did.</param>
public sealed record StreamOwned(string StreamId, long Epoch, string WorkerId, long Incarnation, string? FromWorkerId = null);
