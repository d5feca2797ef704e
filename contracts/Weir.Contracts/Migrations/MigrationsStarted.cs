namespace Weir.Contracts.Migrations;

/// <summary>
/// Streams begin to move from live workers to others: the moves of one plan. Each of them ends by a fact of its own:
/// <see cref="MigrationCompleted"/>, <see cref="MigrationRolledBack"/> or <see cref="MigrationFailed"/>.
/// Published by Orchestrator with the rows it tells of; for anyone.
/// </summary>
/// <param name="Pool">The pool.</param>
/// <param name="Version">The pool's version after the plan.</param>
/// <param name="Part">1 to <paramref name="Parts"/>.</param>
/// <param name="Parts">How many messages tell of these moves, 1 or more.</param>
/// <param name="Migrations">1 to 200 of them.</param>
[Message(MessageKind.Fact)]
public sealed record MigrationsStarted(string Pool, long Version, int Part, int Parts, IReadOnlyList<MigrationStart> Migrations);
