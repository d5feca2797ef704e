namespace Weir.Outbox;

/// <summary>One message that waits for delivery. It is deleted when the broker has confirmed it.</summary>
public sealed class OutboxMessage
{
    /// <summary>Given by the database; delivery follows it.</summary>
    public long SequenceNumber { get; set; }

    /// <summary>Not before this time, in UTC; null is at once.</summary>
    public DateTime? EnqueueTime { get; set; }

    /// <summary>When it was published, in UTC.</summary>
    public DateTime SentTime { get; set; }

    /// <summary>The message's headers as a JSON object; null is none. A row set aside has its reason here too.</summary>
    public string? Headers { get; set; }

    /// <summary>What the transport adds, such as a routing key, as a JSON object; null is none.</summary>
    public string? Properties { get; set; }

    /// <summary>Kept for the official layout; always null here.</summary>
    public Guid? InboxMessageId { get; set; }

    /// <summary>Kept for the official layout; always null here.</summary>
    public Guid? InboxConsumerId { get; set; }

    /// <summary>The lane it is in: waiting, delayed or set aside (see <see cref="OutboxState"/>).</summary>
    public Guid? OutboxId { get; set; }

    /// <summary>The same at every attempt, so that a receiver's inbox drops what it has seen.</summary>
    public Guid MessageId { get; set; }

    /// <summary>Of <see cref="Body"/>, such as <c>application/vnd.masstransit+json</c>.</summary>
    public string ContentType { get; set; } = "";

    /// <summary>The message's type names, parted by semicolons.</summary>
    public string MessageType { get; set; } = "";

    /// <summary>What goes over the wire, unchanged.</summary>
    public string Body { get; set; } = "";

    /// <summary>As published.</summary>
    public Guid? ConversationId { get; set; }

    /// <summary>As published.</summary>
    public Guid? CorrelationId { get; set; }

    /// <summary>As published.</summary>
    public Guid? InitiatorId { get; set; }

    /// <summary>As published.</summary>
    public Guid? RequestId { get; set; }

    /// <summary>As published.</summary>
    public string? SourceAddress { get; set; }

    /// <summary>Where it goes; a row without one cannot be delivered and is set aside.</summary>
    public string? DestinationAddress { get; set; }

    /// <summary>As published.</summary>
    public string? ResponseAddress { get; set; }

    /// <summary>As published.</summary>
    public string? FaultAddress { get; set; }

    /// <summary>After this time, in UTC, the message is worth nothing and the row is deleted unsent; null is never.</summary>
    public DateTime? ExpirationTime { get; set; }
}
