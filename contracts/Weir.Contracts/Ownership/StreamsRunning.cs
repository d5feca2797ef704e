namespace Weir.Contracts.Ownership;

/// <summary>These streams are confirmed to run at their owners. Published by Orchestrator with the rows it tells of; for anyone.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Version">The pool's version at that time.</param>
/// <param name="Streams">1 to 200 of them.</param>
[Message(MessageKind.Fact)]
public sealed record StreamsRunning(string Pool, long Version, IReadOnlyList<StreamOwned> Streams);
