using System.Text;
using System.Text.Json;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Stations;

/// <summary>A JSON list: <c>[{"id":"one","url":"http://…","labels":{"country":"at"}}]</c>.</summary>
internal static class JsonStations
{
    internal const string Right = "[{\"id\":…,\"url\":…}]";

    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    internal static IEnumerable<StationLine> Read(string file, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        var lines = new List<StationLine>();
        var reader = new Utf8JsonReader(bytes, Lenient);
        var (line, counted) = (1, 0);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                throw new StationListException(file, line, $"it is no list; give {Right}");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                line += bytes.AsSpan(counted, (int)reader.TokenStartIndex - counted).Count((byte)'\n');
                counted = (int)reader.TokenStartIndex;
                using var station = JsonDocument.ParseValue(ref reader);
                lines.Add(Of(file, line, station.RootElement));
            }
            if (reader.Read())
                throw new StationListException(file, line, "something follows the list");
        }
        catch (JsonException e)
        {
            throw new StationListException(file, (int)(e.LineNumber ?? 0) + 1, $"it is no JSON: {Cause(e)}; give {Right}", e);
        }
        return lines;
    }

    // It counts lines from 0 and bytes, and ours stands before it; characters that a terminal does not show are not shown.
    private static string Cause(JsonException fault)
    {
        var end = fault.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return Quote.Of((end < 0 ? fault.Message : fault.Message[..end]).TrimEnd('.'));
    }

    private static StationLine Of(string file, int line, JsonElement station)
    {
        if (station.ValueKind != JsonValueKind.Object)
            throw new StationListException(file, line, $"a station is an object such as {{\"id\":…,\"url\":…}}, and this is {station.ValueKind}");
        foreach (var property in station.EnumerateObject())
            if (property.Name is not ("id" or "url" or "labels"))
                throw new StationListException(file, line, $"a station has id, url and labels, and no '{Quote.Of(property.Name)}'");
        return new StationLine(line, Text(file, line, station, "id"), Text(file, line, station, "url"), Title: null, Labels(file, line, station));
    }

    private static Dictionary<string, string> Labels(string file, int line, JsonElement station)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!station.TryGetProperty("labels", out var given))
            return labels;
        if (given.ValueKind != JsonValueKind.Object)
            throw new StationListException(file, line, "labels are an object such as {\"country\":\"at\"}");
        foreach (var label in given.EnumerateObject())
            labels[label.Name] = Text(file, line, given, label.Name);
        return labels;
    }

    private static string Text(string file, int line, JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new StationListException(file, line, $"'{Quote.Of(name)}' is missing or no text");
}
