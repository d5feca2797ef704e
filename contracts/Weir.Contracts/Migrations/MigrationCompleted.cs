namespace Weir.Contracts.Migrations;

/// <summary>The stream runs at its new owner. Published by Orchestrator with the row it tells of; for anyone.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="MigrationId">This move.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="Epoch">The epoch it runs under now.</param>
/// <param name="FromWorkerId">The old owner.</param>
/// <param name="ToWorkerId">The new one.</param>
/// <param name="GapMs">From the release to the start, in milliseconds, 0 or more; null when the old owner was lost.</param>
[Message(MessageKind.Fact)]
public sealed record MigrationCompleted(
    string Pool, Guid MigrationId, string StreamId, long Epoch, string FromWorkerId, string ToWorkerId, long? GapMs = null);
