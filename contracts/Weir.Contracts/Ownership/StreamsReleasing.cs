namespace Weir.Contracts.Ownership;

/// <summary>These streams were asked back from their owners and still count as theirs. Published by Orchestrator with the rows it tells of; for anyone.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Version">The pool's version after the change.</param>
/// <param name="Part">1 to <paramref name="Parts"/>.</param>
/// <param name="Parts">How many messages tell of this change, 1 or more.</param>
/// <param name="Streams">1 to 200 of them.</param>
[Message(MessageKind.Fact)]
public sealed record StreamsReleasing(string Pool, long Version, int Part, int Parts, IReadOnlyList<StreamOwned> Streams);
