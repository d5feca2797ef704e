using System.Data.Common;

namespace Weir.Outbox.Dialects;

/// <summary>SQLite: one process writes, its transactions take turns, so no lock and no skipping is needed.</summary>
internal sealed class SqliteDialect : OutboxDialect
{
    private string? _take;

    public override string ProviderMark => "Sqlite";

    public override bool LocksLane => false;

    public override string SkipLocked => "";

    public override string ForUpdate => "";

    public override string TakeLane(long lockKey, TimeSpan idleLimit, TimeSpan lockWait) => "";

    public override async Task<IReadOnlyCollection<Guid>> TakeAsync(
        RawSql sql, TableNames names, Guid consumerId, IReadOnlyList<Guid> messageIds, DateTime now, CancellationToken cancel)
    {
        _take ??= InboxInsert(names, "VALUES (@messageId, @consumerId, @none, @now, 1, @now, @now)");
        var taken = new List<Guid>(messageIds.Count);
        foreach (var id in messageIds.Distinct())
        {
            var rows = await sql.RunAsync(
                _take, cancel, ("messageId", id), ("consumerId", consumerId), ("none", Guid.Empty), ("now", now));
            if (rows == 1) taken.Add(id);
        }

        return taken;
    }

    public override Task DeleteAsync(RawSql sql, TableNames names, IReadOnlyList<long> sequenceNumbers, CancellationToken cancel) =>
        sql.RunAsync(
            $"DELETE FROM {names.Outbox} WHERE {names.Column(nameof(OutboxMessage.SequenceNumber))} IN ({string.Join(',', sequenceNumbers)})", cancel);

    // The driver gives no SQLSTATE; its text names the constraint's kind first.
    public override bool IsUniqueViolation(DbException exception) =>
        exception.Message.Contains("UNIQUE constraint failed", StringComparison.Ordinal);
}
