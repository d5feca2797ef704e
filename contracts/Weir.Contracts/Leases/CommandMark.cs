namespace Weir.Contracts.Leases;

/// <summary>
/// A mark in the worker's command queue, so that a worker that beats but reads no commands is found. Sent by Registry at
/// every fourth renewal; heard by the worker, whose next beats carry the highest mark read.
/// </summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that is meant.</param>
/// <param name="Mark">The sequence of the renewal at which it was sent; only grows within the incarnation.</param>
[Message(MessageKind.Command)]
public sealed record CommandMark(string WorkerId, long Incarnation, long Mark);
