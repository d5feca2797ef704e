namespace Weir.Contracts.Migrations;

/// <summary>The move did not come about; the stream is back at its old owner or is placed anew. Published by Orchestrator with the row it tells of; for anyone.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="MigrationId">This move.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="Epoch">Its epoch at that time.</param>
/// <param name="FromWorkerId">The old owner.</param>
/// <param name="ToWorkerId">The one it was meant for.</param>
/// <param name="Reason">Why, in words, at most 200 characters.</param>
[Message(MessageKind.Fact)]
public sealed record MigrationRolledBack(
    string Pool, Guid MigrationId, string StreamId, long Epoch, string FromWorkerId, string ToWorkerId, string Reason);
