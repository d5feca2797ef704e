namespace Weir.Contracts.Ownership;

/// <summary>This stream was not started and will not be under this epoch. Sent by a worker; heard by Orchestrator. Counts as released.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that refuses.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="Epoch">The epoch that was refused.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">More of it in words, at most 500 characters, without credentials.</param>
[Message(MessageKind.Answer)]
public sealed record StreamStartRefused(
    string WorkerId, long Incarnation, string StreamId, long Epoch, StartRefusal Reason, string? Detail = null);
