using MassTransit;
using MassTransit.Context;
using MassTransit.Serialization;
using Weir.Outbox.Lanes;

namespace Weir.Outbox.Writing;

/// <summary>Turns what a publish or send would put on the wire into a row.</summary>
internal static class StoredMessage
{
    public static OutboxMessage From<T>(SendContext<T> context, LaneIds lane, DateTime now)
        where T : class => new()
        {
            OutboxId = context.Delay > TimeSpan.Zero ? lane.Delayed : lane.Waiting,
            EnqueueTime = context.Delay > TimeSpan.Zero ? now + context.Delay : null,
            ExpirationTime = context.TimeToLive is { } life ? now + (context.Delay ?? TimeSpan.Zero) + life : null,
            SentTime = context.SentTime?.ToUniversalTime() ?? now,
            MessageId = context.MessageId ?? throw new MessageException(typeof(T), "A message without an id cannot go through the outbox"),
            ConversationId = context.ConversationId,
            CorrelationId = context.CorrelationId,
            InitiatorId = context.InitiatorId,
            RequestId = context.RequestId,
            SourceAddress = context.SourceAddress?.AbsoluteUri,
            DestinationAddress = context.DestinationAddress?.AbsoluteUri,
            ResponseAddress = context.ResponseAddress?.AbsoluteUri,
            FaultAddress = context.FaultAddress?.AbsoluteUri,
            ContentType = (context.ContentType ?? context.Serialization.DefaultContentType).ToString(),
            MessageType = string.Join(';', context.SupportedMessageTypes),
            Body = context.Serializer.GetMessageBody(context).GetString(),
            Headers = Json(context.Headers.GetAll()),
            Properties = Properties(context),
        };

    public static string? Json(IEnumerable<KeyValuePair<string, object>> values) =>
        SystemTextJsonMessageSerializer.Instance.SerializeDictionary(values);

    /// <exception cref="System.Text.Json.JsonException">The text is no JSON object.</exception>
    public static Dictionary<string, object>? Values(string? json) =>
        string.IsNullOrWhiteSpace(json) || json == "{}" ? null : SystemTextJsonMessageSerializer.Instance.DeserializeDictionary<object>(json);

    private static string? Properties<T>(SendContext<T> context)
        where T : class
    {
        if (context is not TransportSendContext<T> transport) return null;

        var properties = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        transport.WritePropertiesTo(properties);
        return properties.Count > 0 ? Json(properties) : null;
    }
}
