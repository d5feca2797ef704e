namespace Weir.Contracts.Planning;

/// <summary>A plan took effect. Published by Orchestrator with the rows it tells of; for anyone.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Version">The pool's version after the plan.</param>
/// <param name="PlanId">The plan, as <c>weir explain</c> takes it.</param>
/// <param name="Placements">How many streams got an owner, 0 or more.</param>
/// <param name="Moves">How many streams change their owner, 0 or more.</param>
/// <param name="LeastMoves">The fewest moves that could reach the same balance, 0 to <paramref name="Moves"/>.</param>
/// <param name="Dropped">How many rows lost the race and are planned again, 0 or more.</param>
/// <param name="LoadMax">The highest load of a worker after the plan, 1 is full.</param>
/// <param name="LoadMaxBound">The lowest value <paramref name="LoadMax"/> could have taken.</param>
/// <param name="Requests">The keys of the <see cref="RequestRebalance"/> that asked for it, at most 16; null when nobody did.</param>
[Message(MessageKind.Fact)]
public sealed record PlanApplied(
    string Pool,
    long Version,
    long PlanId,
    int Placements,
    int Moves,
    int LeastMoves,
    int Dropped,
    double LoadMax,
    double LoadMaxBound,
    IReadOnlyList<string>? Requests = null);
