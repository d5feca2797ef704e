namespace Weir.Contracts.Workers;

/// <summary>Give this worker nothing new; what it has stays. Sent by anyone; heard by Registry.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="By">Who asks, for the audit, at most 128 characters.</param>
/// <param name="Reason">Why, in words, at most 200 characters.</param>
[Message(MessageKind.Request)]
public sealed record CordonWorker(string WorkerId, string By, string? Reason = null);
