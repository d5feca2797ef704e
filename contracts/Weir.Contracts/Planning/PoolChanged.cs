namespace Weir.Contracts.Planning;

/// <summary>Something in this pool changed: look again. Published by whoever changed it, with the rows; heard by every planner. A lost one costs one period.</summary>
/// <param name="Pool">The pool.</param>
[Message(MessageKind.WakeUp)]
public sealed record PoolChanged(string Pool);
