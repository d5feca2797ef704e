using System.Data.Common;

namespace Weir.Outbox.Dialects;

/// <summary>What differs between databases. One object serves all contexts of its lane.</summary>
internal abstract class OutboxDialect
{
    /// <summary>What the answer of a statement that only takes a lock is called, so that it is not read as rows.</summary>
    public const string LockColumn = "weir_lock";

    /// <summary>A part of the EF provider's name, by which a wrong choice is found at start.</summary>
    public abstract string ProviderMark { get; }

    /// <summary>
    /// Whether replicas take turns by a lock that lives in the delivery's transaction. Where not, one process delivers,
    /// and no transaction may stay open while it waits for the broker, because it would hold up every writer.
    /// </summary>
    public abstract bool LocksLane { get; }

    /// <summary>What runs ahead of a delivery's read in the same round trip, with a semicolon at its end; empty where nothing does.</summary>
    public abstract string TakeLane(long lockKey, TimeSpan idleLimit, TimeSpan lockWait);

    /// <summary>
    /// Inserts one inbox row a message. A parallel delivery of the same message waits here until the first one's
    /// transaction ends.
    /// </summary>
    /// <returns>The messages that nobody consumed before.</returns>
    public abstract Task<IReadOnlyCollection<Guid>> TakeAsync(
        RawSql sql, TableNames names, Guid consumerId, IReadOnlyList<Guid> messageIds, DateTime now, CancellationToken cancel);

    /// <summary>Writes these rows of the outbox by one statement, inside the caller's transaction; sequence numbers follow their order.</summary>
    /// <returns>False where the database knows no such statement, and nothing was written.</returns>
    public virtual Task<bool> TryInsertAsync(RawSql sql, TableNames names, IReadOnlyList<OutboxMessage> rows, CancellationToken cancel) =>
        Task.FromResult(false);

    /// <summary>Deletes these rows of the outbox.</summary>
    public abstract Task DeleteAsync(RawSql sql, TableNames names, IReadOnlyList<long> sequenceNumbers, CancellationToken cancel);

    /// <summary>One more row under an existing key?</summary>
    public abstract bool IsUniqueViolation(DbException exception);

    /// <summary>Appended to the select that chooses rows to clean up: rows another replica deletes are passed over.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>Appended to a select of one saga under pessimistic concurrency.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>The statement that takes inbox rows, given where its values come from.</summary>
    protected static string InboxInsert(TableNames names, string values)
    {
        string C(string property) => names.InboxColumn(property);
        return $"""
            INSERT INTO {names.Inbox} ({C(nameof(InboxState.MessageId))}, {C(nameof(InboxState.ConsumerId))}, {C(nameof(InboxState.LockId))},
                {C(nameof(InboxState.Received))}, {C(nameof(InboxState.ReceiveCount))}, {C(nameof(InboxState.Consumed))}, {C(nameof(InboxState.Delivered))})
            {values}
            ON CONFLICT ({C(nameof(InboxState.MessageId))}, {C(nameof(InboxState.ConsumerId))}) DO UPDATE
                SET {C(nameof(InboxState.ReceiveCount))} = {names.Inbox}.{C(nameof(InboxState.ReceiveCount))} + 1,
                    {C(nameof(InboxState.Consumed))} = excluded.{C(nameof(InboxState.Consumed))},
                    {C(nameof(InboxState.Delivered))} = excluded.{C(nameof(InboxState.Delivered))}
                WHERE {names.Inbox}.{C(nameof(InboxState.Consumed))} IS NULL
            """;
    }
}
