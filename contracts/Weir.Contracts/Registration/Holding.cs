namespace Weir.Contracts.Registration;

/// <summary>One stream that a worker still has a handler for.</summary>
/// <param name="StreamId">1 to 128 characters.</param>
/// <param name="Epoch">The epoch under which the handler runs, above 0 and below 2^53.</param>
/// <param name="Stopping">True when it has been told to stop and has not ended yet.</param>
public sealed record Holding(string StreamId, long Epoch, bool Stopping);
