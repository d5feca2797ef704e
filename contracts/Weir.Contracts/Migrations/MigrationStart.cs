namespace Weir.Contracts.Migrations;

/// <summary>One move that begins.</summary>
/// <param name="MigrationId">This move; the fact of its end names it too.</param>
/// <param name="StreamId">The stream, 1 to 128 characters.</param>
/// <param name="Epoch">The epoch it runs under at the old owner.</param>
/// <param name="FromWorkerId">The old owner.</param>
/// <param name="ToWorkerId">The new one.</param>
/// <param name="Reason">Why it moves, such as <c>Imbalance</c> or <c>WorkerDraining</c>.</param>
public sealed record MigrationStart(Guid MigrationId, string StreamId, long Epoch, string FromWorkerId, string ToWorkerId, string Reason);
