namespace Weir.Contracts.Ownership;

/// <summary>These streams run under these epochs. Sent by a worker, for a fenced stream after its claim on the sink; heard by Orchestrator.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that runs them.</param>
/// <param name="Streams">1 to 200 of them.</param>
[Message(MessageKind.Answer)]
public sealed record StreamsStarted(string WorkerId, long Incarnation, IReadOnlyList<StreamEpoch> Streams);
