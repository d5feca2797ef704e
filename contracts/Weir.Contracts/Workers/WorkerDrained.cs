namespace Weir.Contracts.Workers;

/// <summary>A draining worker holds nothing any more. Published by Registry with the row it tells of; for anyone.</summary>
/// <param name="Pool">Its pool.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that was drained.</param>
[Message(MessageKind.Fact)]
public sealed record WorkerDrained(string Pool, string WorkerId, long Incarnation);
