namespace Weir.Contracts.Workers;

/// <summary>An incarnation is fenced: it will never be renewed again. Published by Registry with the row it tells of; for anyone.</summary>
/// <param name="Pool">Its pool.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that is over.</param>
/// <param name="Reason">Why.</param>
[Message(MessageKind.Fact)]
public sealed record WorkerLost(string Pool, string WorkerId, long Incarnation, LossReason Reason);
