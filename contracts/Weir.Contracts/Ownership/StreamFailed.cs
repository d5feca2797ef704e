namespace Weir.Contracts.Ownership;

/// <summary>The handler of a running stream has ended by itself. Sent by a worker; heard by Orchestrator. Counts as released.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that ran it.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="Epoch">The epoch under which it ran.</param>
/// <param name="Error">The kind of error, such as an exception's type name, at most 200 characters.</param>
/// <param name="Detail">More of it in words, at most 500 characters, without credentials.</param>
[Message(MessageKind.Answer)]
public sealed record StreamFailed(string WorkerId, long Incarnation, string StreamId, long Epoch, string Error, string? Detail = null);
