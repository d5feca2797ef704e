namespace Weir.Contracts.Workers;

/// <summary>A worker has ended in order, or was struck from the register. Published by Registry with the row it tells of; for anyone.</summary>
/// <param name="Pool">Its pool.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">Its last life, 0 when it never had one.</param>
/// <param name="Reason">Why, in words, at most 200 characters.</param>
[Message(MessageKind.Fact)]
public sealed record WorkerLeft(string Pool, string WorkerId, long Incarnation, string? Reason = null);
