using System.Net.Mime;
using MassTransit;

namespace Weir.Outbox.Delivery;

/// <summary>The envelope was made when the message was published; to make it anew would cost and could change it.</summary>
internal sealed class StoredMessageSerializer(ContentType contentType, string body) : IMessageSerializer
{
    public ContentType ContentType => contentType;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => new StringMessageBody(body);
}
