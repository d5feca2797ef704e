namespace Weir.Contracts.Ownership;

/// <summary>
/// Stop these streams. Sent by Orchestrator; heard by one incarnation of one worker, which answers
/// <see cref="StreamsReleased"/> when no handler of the stream runs any more.
/// </summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The only life that may obey.</param>
/// <param name="Streams">1 to 200 of them, each with the epoch to which the worker's gate is raised.</param>
/// <param name="Reason">Why, in words for the worker's log, at most 200 characters.</param>
[Message(MessageKind.Command)]
public sealed record ReleaseStreams(string WorkerId, long Incarnation, IReadOnlyList<StreamEpoch> Streams, string? Reason = null);
