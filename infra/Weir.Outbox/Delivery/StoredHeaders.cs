using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Outbox.Delivery;

/// <summary>A row's headers as text. Why and since when it is set aside stands there too, so that the official tables can hold it.</summary>
internal static class StoredHeaders
{
    private const string Reason = "Weir-SetAside-Reason";
    private const string Since = "Weir-SetAside-Since";

    // Headers that are no JSON object are themselves a reason; they are kept as text.
    private const string Unreadable = "Weir-SetAside-Headers";

    public static string Add(string? headers, string reason, DateTime since)
    {
        var all = Parse(headers);
        all[Reason] = reason;
        all[Since] = since.ToString("O", CultureInfo.InvariantCulture);
        return all.ToJsonString();
    }

    public static (string Reason, DateTime? Since) Read(string? headers)
    {
        var all = Parse(headers);
        return (
            all[Reason]?.GetValue<string>() ?? "",
            all[Since] is { } since ? DateTime.Parse(since.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null);
    }

    /// <summary>The headers as they were published.</summary>
    public static string? Remove(string? headers)
    {
        var all = Parse(headers);
        if (all[Unreadable] is { } text) return text.GetValue<string>();

        all.Remove(Reason);
        all.Remove(Since);
        return all.Count > 0 ? all.ToJsonString() : null;
    }

    /// <summary>One header's text; null where there is none.</summary>
    public static string? Header(string? headers, string name) =>
        Parse(headers)[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject Parse(string? headers)
    {
        if (string.IsNullOrWhiteSpace(headers)) return [];
        try
        {
            return JsonNode.Parse(headers) as JsonObject ?? new JsonObject { [Unreadable] = headers };
        }
        catch (JsonException)
        {
            return new JsonObject { [Unreadable] = headers };
        }
    }
}
