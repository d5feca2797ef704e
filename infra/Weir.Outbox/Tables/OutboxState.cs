namespace Weir.Outbox;

/// <summary>
/// One lane of the outbox. The official package writes one row a publishing scope; here three rows a lane, made once,
/// are what <see cref="OutboxMessage.OutboxId"/> refers to: waiting, delayed and set aside.
/// </summary>
public sealed class OutboxState
{
    /// <summary>Derived from the lane's name, so that every process knows it without asking.</summary>
    public Guid OutboxId { get; set; }

    /// <summary>Kept for the official layout; always empty here.</summary>
    public Guid LockId { get; set; }

    /// <summary>Kept for the official layout; never written here.</summary>
    public byte[]? RowVersion { get; set; }

    /// <summary>When the lane was first used, in UTC.</summary>
    public DateTime Created { get; set; }

    /// <summary>Kept for the official layout; never written here.</summary>
    public DateTime? Delivered { get; set; }

    /// <summary>Kept for the official layout; never written here.</summary>
    public long? LastSequenceNumber { get; set; }
}
