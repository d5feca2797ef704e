namespace Weir.Contracts.Reports;

/// <summary>
/// How streams fare at their owner, of those that have something new to say. Sent by a worker, the latest word only: each ten seconds of a
/// stream whose load changes, each thirty of the others; heard by Registry, whose rows the planner weighs streams by. A lost one costs
/// nothing but age.
/// </summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that runs them.</param>
/// <param name="Streams">1 to 200 of them.</param>
[Message(MessageKind.Answer)]
public sealed record StreamsReported(string WorkerId, long Incarnation, IReadOnlyList<StreamReport> Streams);
