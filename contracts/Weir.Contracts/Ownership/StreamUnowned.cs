namespace Weir.Contracts.Ownership;

/// <summary>A stream that has no owner.</summary>
/// <param name="StreamId">1 to 128 characters.</param>
/// <param name="Epoch">The last epoch it was given under, 0 when none ever was.</param>
/// <param name="Reason">Why.</param>
/// <param name="FromWorkerId">Who had it before; null when nobody did.</param>
public sealed record StreamUnowned(string StreamId, long Epoch, UnownedReason Reason, string? FromWorkerId = null);
