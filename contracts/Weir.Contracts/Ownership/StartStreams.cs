namespace Weir.Contracts.Ownership;

/// <summary>
/// Run these streams. Sent by Orchestrator; heard by one incarnation of one worker. A grant above the worker's gate
/// starts it, or raises the epoch of one that runs; any other is answered with what holds.
/// </summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The only life that may obey; another drops and counts it, unanswered.</param>
/// <param name="Streams">1 to 200 of them.</param>
[Message(MessageKind.Command)]
public sealed record StartStreams(string WorkerId, long Incarnation, IReadOnlyList<StreamGrant> Streams);
