namespace Weir.Contracts.Workers;

/// <summary>
/// Take every stream off this worker, then let it go. Sent by the worker itself when it is told to end, or by anyone on
/// its behalf; heard by Registry, which publishes <see cref="WorkerDrained"/> when it holds nothing any more.
/// </summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that is meant; 0 means whichever is live.</param>
/// <param name="By">Who asks, for the audit: a person, a key's name or <c>worker</c>; at most 128 characters.</param>
/// <param name="Reason">Why, in words, at most 200 characters.</param>
[Message(MessageKind.Request)]
public sealed record DrainWorker(string WorkerId, long Incarnation, string By, string? Reason = null);
