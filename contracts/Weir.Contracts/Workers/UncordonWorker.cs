namespace Weir.Contracts.Workers;

/// <summary>This worker may be given streams again: ends a cordon, and a drain that is under way. Sent by anyone; heard by Registry.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="By">Who asks, for the audit, at most 128 characters.</param>
[Message(MessageKind.Request)]
public sealed record UncordonWorker(string WorkerId, string By);
