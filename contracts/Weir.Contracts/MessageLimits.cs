namespace Weir.Contracts;

/// <summary>How large a message may be. Senders keep to these and split what is larger into numbered parts; receivers refuse more than <see cref="ReceivedBytesMax"/>.</summary>
public static class MessageLimits
{
    /// <summary>Streams in one message: 200.</summary>
    public const int StreamsMax = 200;

    /// <summary>Numbered parts of one request: 500.</summary>
    public const int PartsMax = 500;

    /// <summary>Bytes of one message as sent: 128 KB. Half of what receivers take, so that an envelope and a newer version's fields still fit.</summary>
    public const int SentBytesMax = 128 * 1024;

    /// <summary>Bytes of one message as received: 256 KB. A larger one is parked unread.</summary>
    public const int ReceivedBytesMax = 256 * 1024;

    /// <summary>How deep JSON may nest: 16.</summary>
    public const int DepthMax = 16;
}
