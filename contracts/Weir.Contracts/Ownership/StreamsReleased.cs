namespace Weir.Contracts.Ownership;

/// <summary>No handler of these streams runs here, and none will start under these epochs. Sent by a worker; heard by Orchestrator.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that says so.</param>
/// <param name="Streams">1 to 200 of them; true also of a stream that was never started.</param>
[Message(MessageKind.Answer)]
public sealed record StreamsReleased(string WorkerId, long Incarnation, IReadOnlyList<StreamEpoch> Streams);
