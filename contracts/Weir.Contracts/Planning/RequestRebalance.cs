namespace Weir.Contracts.Planning;

/// <summary>
/// Plan this pool now, as if its levels were out of band. Sent by anyone; heard by Orchestrator. Limits on moves hold all the same.
/// <see cref="PlanApplied"/> names it, also where the pool was level already.
/// </summary>
/// <param name="Key">The idempotency key, 1 to 128 characters.</param>
/// <param name="Pool">The pool.</param>
/// <param name="By">Who asks, for the audit, at most 128 characters.</param>
[Message(MessageKind.Request)]
public sealed record RequestRebalance(string Key, string Pool, string? By = null);
