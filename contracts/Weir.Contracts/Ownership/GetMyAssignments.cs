namespace Weir.Contracts.Ownership;

/// <summary>Which streams are mine? Sent by a worker that doubts; heard by Orchestrator, which answers <see cref="Assignments"/>.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that asks.</param>
/// <param name="Question">1 upwards within the incarnation; the answer names it.</param>
[Message(MessageKind.Request)]
public sealed record GetMyAssignments(string WorkerId, long Incarnation, long Question);
