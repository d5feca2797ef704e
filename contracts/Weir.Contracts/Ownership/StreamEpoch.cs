namespace Weir.Contracts.Ownership;

/// <summary>A stream under one epoch.</summary>
/// <param name="StreamId">1 to 128 characters.</param>
/// <param name="Epoch">Above 0 and below 2^53.</param>
public sealed record StreamEpoch(string StreamId, long Epoch);
