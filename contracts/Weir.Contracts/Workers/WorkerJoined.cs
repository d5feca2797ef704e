namespace Weir.Contracts.Workers;

/// <summary>A worker has a new life. Published by Registry with the row it tells of; for anyone.</summary>
/// <param name="Pool">The pool it joined.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">Its new life; above every earlier one.</param>
/// <param name="Capacity">How many units of weight it can carry, above 0.</param>
[Message(MessageKind.Fact)]
public sealed record WorkerJoined(string Pool, string WorkerId, long Incarnation, double Capacity);
