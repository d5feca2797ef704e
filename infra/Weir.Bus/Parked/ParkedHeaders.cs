using System.Collections;
using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace Weir.Bus.Parked;

/// <summary>What the headers of a parked message say, and which of them are the parking's own.</summary>
internal static class ParkedHeaders
{
    /// <summary>How often a message was put back; written by the replay, so that one that comes again is known.</summary>
    internal const string Replays = "weir-replays";

    internal const string DeliveryCount = "x-delivery-count";

    // CC and BCC are addresses: the broker would send copies elsewhere.
    private static readonly string[] Own =
    [
        Parking.ParkReason.Header, "MT-Fault-", "MT-Reason", "MT-Host-", "x-death", "x-first-death-", "x-last-death-", DeliveryCount, "x-acquired-count", "x-dotnet-pub-seq-no", "CC", "BCC",
    ];

    internal static IReadOnlyDictionary<string, string> Words(IReadOnlyBasicProperties properties) =>
        Of(properties).OrderBy(header => header.Key, StringComparer.Ordinal)
            .ToDictionary(header => header.Key, header => Word(header.Value), StringComparer.Ordinal);

    internal static int Number(IReadOnlyBasicProperties properties, string header) =>
        properties.Headers?.TryGetValue(header, out var value) == true && int.TryParse(Word(value), CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The message as it goes back: under the same id, without what the parking wrote on it.</summary>
    internal static BasicProperties ForReplay(IReadOnlyBasicProperties parked)
    {
        var headers = Of(parked).Where(header => !IsOwn(header.Key)).ToDictionary(StringComparer.Ordinal);
        headers[Replays] = Number(parked, Replays) + 1;
        return Copy(parked, headers);
    }

    /// <summary>The message as it stays parked, but for the broker's count of how often it was handed out.</summary>
    internal static BasicProperties ForStaying(IReadOnlyBasicProperties parked) =>
        Copy(parked, Of(parked).Where(header => header.Key is not (DeliveryCount or "CC" or "BCC")).ToDictionary(StringComparer.Ordinal));

    // Neither the sender's account, which the broker compares with ours, nor a time to live, which has passed.
    private static BasicProperties Copy(IReadOnlyBasicProperties from, Dictionary<string, object?> headers) => new(from)
    {
        Headers = headers,
        DeliveryMode = DeliveryModes.Persistent,
        UserId = null,
        Expiration = null,
    };

    private static IEnumerable<KeyValuePair<string, object?>> Of(IReadOnlyBasicProperties properties) => properties.Headers ?? Enumerable.Empty<KeyValuePair<string, object?>>();

    private static bool IsOwn(string header) => Own.Any(own => own.EndsWith('-') ? header.StartsWith(own, StringComparison.Ordinal) : header == own);

    private static string Word(object? value) => value switch
    {
        null => "",
        byte[] text => Encoding.UTF8.GetString(text),
        AmqpTimestamp time => DateTimeOffset.FromUnixTimeSeconds(time.UnixTime).ToString("O", CultureInfo.InvariantCulture),
        IDictionary<string, object?> table => $"{{{string.Join(", ", table.Select(field => $"{field.Key}: {Word(field.Value)}"))}}}",
        IList list => $"[{string.Join(", ", list.Cast<object?>().Select(Word))}]",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
