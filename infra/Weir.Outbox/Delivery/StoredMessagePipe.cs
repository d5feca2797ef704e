using System.Net.Mime;
using MassTransit;
using MassTransit.Context;
using Weir.Outbox.Writing;

namespace Weir.Outbox.Delivery;

/// <summary>
/// Puts a row on the wire as it was published: the stored body byte for byte, ids, headers and transport properties.
/// What fails in here is the row's own fault, because nothing in here leaves the process.
/// </summary>
internal sealed class StoredMessagePipe(OutboxMessage row, KnownAddresses addresses, TimeProvider clock) : IPipe<SendContext>
{
    /// <summary>What was wrong with the row; null where nothing was.</summary>
    public Exception? Fault { get; private set; }

    public Task Send(SendContext context)
    {
        try
        {
            Fill(context);
        }
        catch (Exception e)
        {
            Fault = e;
            throw;
        }

        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("weirOutboxDelivery");

    private void Fill(SendContext context)
    {
        context.MessageId = row.MessageId;
        context.ConversationId = row.ConversationId;
        context.CorrelationId = row.CorrelationId;
        context.InitiatorId = row.InitiatorId;
        context.RequestId = row.RequestId;
        context.SourceAddress = Address(row.SourceAddress);
        context.ResponseAddress = Address(row.ResponseAddress);
        context.FaultAddress = Address(row.FaultAddress);
        context.SupportedMessageTypes = row.MessageType.Split(';');
        if (row.ExpirationTime is { } end) context.TimeToLive = end - clock.GetUtcNow().UtcDateTime;
        foreach (var (key, value) in StoredMessage.Values(row.Headers) ?? []) context.Headers.Set(key, value);
        if (StoredMessage.Values(row.Properties) is { } properties && context is TransportSendContext transport)
        {
            transport.ReadPropertiesFrom(properties);
            // The row has waited already; the broker would need a plug-in to make it wait again.
            context.Delay = null;
        }

        context.Serializer = new StoredMessageSerializer(new ContentType(row.ContentType), row.Body);
    }

    /// <exception cref="UriFormatException">The text is no absolute address.</exception>
    private Uri? Address(string? text) => text is null ? null : addresses.Find(text) ?? throw new UriFormatException($"'{text}' is no absolute URI");
}
