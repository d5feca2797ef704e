namespace Weir.Contracts.Reports;

/// <summary>What a handler last said of its stream.</summary>
/// <param name="StreamId">1 to 128 characters.</param>
/// <param name="Epoch">The epoch under which it ran, above 0 and below 2^53.</param>
/// <param name="Load">How many units of weight it really takes, finite and at least 0; null when the handler measures none.</param>
/// <param name="Position">How far it has come, as the handler writes it, at most 200 characters; null when it has none. For people to read: the checkpoint that counts is the sink's.</param>
public sealed record StreamReport(string StreamId, long Epoch, double? Load = null, string? Position = null);
