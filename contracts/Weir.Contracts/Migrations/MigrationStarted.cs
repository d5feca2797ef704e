namespace Weir.Contracts.Migrations;

/// <summary>A stream begins to move from a live worker to another. Published by Orchestrator with the row it tells of; for anyone.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="MigrationId">This move.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="Epoch">The epoch it runs under at the old owner.</param>
/// <param name="FromWorkerId">The old owner.</param>
/// <param name="ToWorkerId">The new one.</param>
/// <param name="Reason">Why it moves, such as <c>level</c> or <c>drain</c>.</param>
[Message(MessageKind.Fact)]
public sealed record MigrationStarted(
    string Pool, Guid MigrationId, string StreamId, long Epoch, string FromWorkerId, string ToWorkerId, string Reason);
