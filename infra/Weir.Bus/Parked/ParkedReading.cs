using System.Globalization;
using RabbitMQ.Client;
using Weir.Bus.Incoming;
using Weir.Bus.Parking;

namespace Weir.Bus.Parked;

/// <summary>Reads a delivery of an error queue.</summary>
internal static class ParkedReading
{
    private const string BrokersReason = "x-first-death-reason";

    internal static ParkedMessage Read(ErrorQueueName queue, BasicGetResult got)
    {
        var headers = ParkedHeaders.Words(got.BasicProperties);
        return new ParkedMessage(
            Id(queue, got),
            headers.GetValueOrDefault(ParkReason.Header) ?? headers.GetValueOrDefault(BrokersReason) ?? "unknown",
            headers.GetValueOrDefault("MT-Fault-Message"),
            At(headers.GetValueOrDefault("MT-Fault-Timestamp")),
            ParkedHeaders.Number(got.BasicProperties, ParkedHeaders.Replays),
            headers,
            got.BasicProperties.ContentType,
            got.Body.ToArray());
    }

    internal static string Id(ErrorQueueName queue, BasicGetResult got) =>
        got.BasicProperties.MessageId is { Length: > 0 } own ? own : BodyId.Of(queue.Source, got.Body.Span).ToString();

    private static DateTimeOffset? At(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
