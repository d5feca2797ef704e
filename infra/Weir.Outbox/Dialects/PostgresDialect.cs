using System.Data.Common;
using System.Globalization;

namespace Weir.Outbox.Dialects;

/// <summary>PostgreSQL by plain SQL; nothing here needs its driver's types.</summary>
internal sealed class PostgresDialect : OutboxDialect
{
    private const string UniqueViolation = "23505";
    private string? _takeOne;
    private string? _takeMany;

    public override string ProviderMark => "PostgreSQL";

    public override bool LocksLane => true;

    public override string SkipLocked => "FOR UPDATE SKIP LOCKED";

    public override string ForUpdate => "FOR UPDATE";

    // The server itself ends a deliverer that stands still with the lock in hand: nothing in a stopped process could.
    // The next in the queue for the lock gets it at that moment.
    public override string TakeLane(long lockKey, TimeSpan idleLimit, TimeSpan lockWait) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SELECT set_config('idle_in_transaction_session_timeout', '{(int)idleLimit.TotalMilliseconds}', true) AS {LockColumn},
            set_config('lock_timeout', '{(int)lockWait.TotalMilliseconds}', true), pg_advisory_xact_lock({lockKey});
        """);

    public override async Task<IReadOnlyCollection<Guid>> TakeAsync(
        RawSql sql, TableNames names, Guid consumerId, IReadOnlyList<Guid> messageIds, DateTime now, CancellationToken cancel)
    {
        if (messageIds.Count == 1)
        {
            _takeOne ??= InboxInsert(names, "VALUES (@messageId, @consumerId, '00000000-0000-0000-0000-000000000000', @now, 1, @now, @now)");
            var taken = await sql.RunAsync(_takeOne, cancel, ("messageId", messageIds[0]), ("consumerId", consumerId), ("now", now));
            return taken == 1 ? messageIds.ToArray() : [];
        }

        // Sorted: two batches that share messages wait for one another in one direction only, so they cannot deadlock.
        _takeMany ??= InboxInsert(names, """
            SELECT id, @consumerId, '00000000-0000-0000-0000-000000000000'::uuid, @now, 1, @now, @now FROM unnest(@messageIds) AS id ORDER BY id
            """) + $" RETURNING {names.InboxColumn(nameof(InboxState.MessageId))}";
        return await sql.ReadAsync(
            _takeMany, row => row.GetGuid(0), cancel, ("messageIds", messageIds.Distinct().ToArray()), ("consumerId", consumerId), ("now", now));
    }

    public override async Task<bool> TryInsertAsync(RawSql sql, TableNames names, IReadOnlyList<OutboxMessage> rows, CancellationToken cancel)
    {
        await PostgresRows.InsertAsync(sql, names, rows, cancel);
        return true;
    }

    public override Task DeleteAsync(RawSql sql, TableNames names, IReadOnlyList<long> sequenceNumbers, CancellationToken cancel) =>
        sql.RunAsync(
            $"DELETE FROM {names.Outbox} WHERE {names.Column(nameof(OutboxMessage.SequenceNumber))} = ANY(@done)",
            cancel, ("done", sequenceNumbers.ToArray()));

    public override bool IsUniqueViolation(DbException exception) => exception.SqlState == UniqueViolation;
}
