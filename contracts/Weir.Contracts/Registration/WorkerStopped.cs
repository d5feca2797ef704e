namespace Weir.Contracts.Registration;

/// <summary>
/// A worker has ended in order: none of its handlers runs. Sent by a worker as its last word; heard by Registry, which
/// fences the incarnation as stopped, so that nobody waits for its lease.
/// </summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that ended.</param>
/// <param name="Reason">Why, in words, at most 200 characters.</param>
[Message(MessageKind.Answer)]
public sealed record WorkerStopped(string WorkerId, long Incarnation, string? Reason = null);
