namespace Weir.Contracts.Workers;

/// <summary>A worker is silent and is given nothing new; it may come back. Published by Registry with the row it tells of; for anyone.</summary>
/// <param name="Pool">Its pool.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that is silent.</param>
/// <param name="QuietMs">For how long, in milliseconds on the watcher's own clock.</param>
[Message(MessageKind.Fact)]
public sealed record WorkerSuspected(string Pool, string WorkerId, long Incarnation, long QuietMs);
