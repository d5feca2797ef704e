namespace Weir.Contracts.Holdings;

/// <summary>Say what you run. Sent by Orchestrator when a digest differs or a new era begins; heard by one incarnation of one worker.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The only life that shall answer.</param>
/// <param name="Question">Which asking this is: the epoch at which the present era began; the answer names it.</param>
[Message(MessageKind.Command)]
public sealed record ReportHoldings(string WorkerId, long Incarnation, long Question);
