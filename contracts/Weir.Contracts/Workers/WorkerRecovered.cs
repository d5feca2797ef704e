namespace Weir.Contracts.Workers;

/// <summary>A suspected worker beats again, under the same incarnation. Published by Registry with the row it tells of; for anyone.</summary>
/// <param name="Pool">Its pool.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that goes on.</param>
[Message(MessageKind.Fact)]
public sealed record WorkerRecovered(string Pool, string WorkerId, long Incarnation);
