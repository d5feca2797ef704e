namespace Weir.Contracts.Ownership;

/// <summary>The answer to <see cref="GetMyAssignments"/>: what the table says, in numbered parts. Sent by Orchestrator; heard by that worker.</summary>
/// <param name="WorkerId">The worker that asked.</param>
/// <param name="Incarnation">The life that asked; another drops it.</param>
/// <param name="Question">The question that is answered.</param>
/// <param name="Part">1 to <paramref name="Parts"/>.</param>
/// <param name="Parts">1 or more.</param>
/// <param name="Streams">At most 200 a part; empty in the only part of a worker that has none.</param>
[Message(MessageKind.Answer)]
public sealed record Assignments(
    string WorkerId, long Incarnation, long Question, int Part, int Parts, IReadOnlyList<StreamGrant> Streams);
