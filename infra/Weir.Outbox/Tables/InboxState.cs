namespace Weir.Outbox;

/// <summary>
/// One message that one consumer took. The row is written in the consumer's own transaction, so it exists exactly when
/// the consumer's effects do; a second delivery of the same message finds it and takes no effect.
/// </summary>
public sealed class InboxState
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>The message's id as its sender gave it; together with <see cref="ConsumerId"/> unique.</summary>
    public Guid MessageId { get; set; }

    /// <summary>Stands for endpoint, consumer type and message type.</summary>
    public Guid ConsumerId { get; set; }

    /// <summary>Kept for the official layout; always empty here, because inserting the row is the lock.</summary>
    public Guid LockId { get; set; }

    /// <summary>Kept for the official layout; never written here.</summary>
    public byte[]? RowVersion { get; set; }

    /// <summary>When the consumer began, in UTC.</summary>
    public DateTime Received { get; set; }

    /// <summary>1: a delivery that finds the message consumed changes nothing.</summary>
    public int ReceiveCount { get; set; }

    /// <summary>Kept for the official layout; never written here.</summary>
    public DateTime? ExpirationTime { get; set; }

    /// <summary>When the consumer took it, in UTC; null only in rows of the official package that were not finished.</summary>
    public DateTime? Consumed { get; set; }

    /// <summary>As <see cref="Consumed"/>; the cleanup deletes rows whose value is older than the duplicate detection window.</summary>
    public DateTime? Delivered { get; set; }

    /// <summary>Kept for the official layout; never written here.</summary>
    public long? LastSequenceNumber { get; set; }
}
