using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weir.Cli.Planning;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Catalogue;

/// <summary>A file of streams, checked as far as it can be without the server: every refusal names the place, the value and what would be right.</summary>
/// <param name="Pool">What the file says; null where it does not.</param>
/// <param name="Streams">In the file's order, none twice.</param>
internal sealed record StreamFile(string? Pool, IReadOnlyList<BatchEntry> Streams)
{
    private const long FileBytesMax = 32 * 1024 * 1024;
    private const int DepthMax = 24;
    private const string Labelled = "label.";

    private static readonly string[] Fields = ["id", "kind", "weight", "class", "localModeMs", "definition", "labels"];
    private static readonly string[] Columns = ["id", "kind", "weight", "class", "localModeMs", "definition"];
    private static readonly string[] Parts = ["pool", "defaults", "streams"];
    private static readonly JsonSerializerOptions Strict = new(ApiJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <exception cref="InputException">It cannot be read as streams.</exception>
    internal static StreamFile Read(FileInfo file)
    {
        if (!file.Exists) throw new InputException($"There is no file {file.FullName}");
        if (file.Length > FileBytesMax) throw new InputException(file.Name, $"{file.Length / 1_000_000} MB", $"at most {FileBytesMax / 1_000_000} MB");
        var text = File.ReadAllText(file.FullName);
        return file.Extension.ToLowerInvariant() switch
        {
            ".yaml" or ".yml" => Of(file.Name, YamlTree.Read(file.Name, text)),
            ".json" => Of(file.Name, Json(file.Name, text)),
            ".csv" => OfCsv(file.Name, text),
            var other => throw new InputException(file.Name, other.Length == 0 ? "a file without an ending" : $"a file that ends in {other}", ".yaml, .json or .csv"),
        };
    }

    private static StreamFile Of(string name, JsonNode? root)
    {
        if (root is JsonArray bare) root = new JsonObject { ["streams"] = bare.DeepClone() };
        if (root is not JsonObject whole || whole["streams"] is not JsonArray streams)
            throw new InputException(name, "without a list called streams", "streams: [{id: …, kind: …}], or a list alone");
        if (whole.FirstOrDefault(part => !Parts.Contains(part.Key)).Key is { } unknown)
            throw new InputException($"{name}: {Plain.Text(unknown)}", "a part nobody knows", $"one of {string.Join(", ", Parts)}");
        var pool = whole["pool"] switch
        {
            null => null,
            System.Text.Json.Nodes.JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            var other => throw new InputException($"{name}: pool", Plain.Text(other.ToJsonString()), "a name"),
        };
        var defaults = whole["defaults"] switch
        {
            null => [],
            JsonObject given => given,
            var other => throw new InputException($"{name}: defaults", Plain.Text(other.ToJsonString()), "fields with their values"),
        };
        return Checked(name, pool, streams.Select((stream, i) => Entry($"{name}: streams[{i}]", stream, defaults)));
    }

    private static BatchEntry Entry(string path, JsonNode? stream, JsonObject defaults)
    {
        if (stream is not JsonObject given) throw new InputException(path, Plain.Text(stream?.ToJsonString() ?? "nothing"), "fields with their values");
        var whole = (JsonObject)given.DeepClone();
        foreach (var (field, value) in defaults)
            if (!whole.ContainsKey(field))
                whole[field] = value?.DeepClone();
        if (whole.FirstOrDefault(field => !Fields.Contains(field.Key)).Key is { } unknown)
            throw new InputException($"{path}.{Plain.Text(unknown)}", "a field nobody knows", $"one of {string.Join(", ", Fields)}");
        foreach (var field in Fields)
        {
            try
            {
                _ = new JsonObject { [field] = whole[field]?.DeepClone() }.Deserialize<BatchEntry>(Strict);
            }
            catch (JsonException)
            {
                throw new InputException($"{path}.{field}", Plain.Text(whole[field]!.ToJsonString()), Right(field));
            }
        }

        return Needed(path, whole.Deserialize<BatchEntry>(Strict)!);
    }

    private static StreamFile OfCsv(string name, string text)
    {
        var labels = (text.Split('\n', 2)[0].Split(',')).Select(column => column.Trim().Trim('\uFEFF', '"')).Where(column => column.StartsWith(Labelled, StringComparison.Ordinal)).ToList();
        return Checked(name, pool: null, CsvRow.All(text, name, [.. Columns, .. labels]).Select(row => Needed(row.Path, new BatchEntry
        {
            Id = row.Cell("id"),
            Kind = row.Cell("kind"),
            Weight = row.Cell("weight") is null ? null : row.Number("weight", missing: null, weight => weight > 0, Right("weight")),
            Class = row.Cell("class"),
            LocalModeMs = row.Cell("localModeMs") is null ? null : (int)row.Number("localModeMs", missing: null, ms => ms is >= 0 and <= int.MaxValue && ms == Math.Floor(ms), Right("localModeMs")),
            Definition = row.Cell("definition") is { } definition ? Json($"{row.Path}.definition", definition)?.Deserialize<JsonElement>() : null,
            Labels = labels.Where(label => row.Cell(label) is not null).ToDictionary(label => label[Labelled.Length..], label => row.Cell(label)!, StringComparer.Ordinal) is { Count: > 0 } some ? some : null,
        })));
    }

    private static BatchEntry Needed(string path, BatchEntry entry)
    {
        if (string.IsNullOrEmpty(entry.Id)) throw new InputException($"{path}.id", "missing", Right("id"));
        return string.IsNullOrEmpty(entry.Kind) ? throw new InputException($"{path}.kind", "missing", Right("kind")) : entry;
    }

    private static StreamFile Checked(string name, string? pool, IEnumerable<BatchEntry> entries)
    {
        var streams = entries.ToList();
        if (streams.Count == 0) throw new InputException(name, "empty", "at least one stream");
        return streams.CountBy(stream => stream.Id!, StringComparer.Ordinal).FirstOrDefault(id => id.Value > 1) is { Key: { } twice, Value: var times }
            ? throw new InputException(name, $"a file that names {Plain.Text(twice)} {times.ToString(CultureInfo.InvariantCulture)} times", "each stream once")
            : new StreamFile(pool, streams);
    }

    private static JsonNode? Json(string where, string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = DepthMax });
        }
        catch (JsonException broken)
        {
            throw new InputException(where, $"no JSON ({broken.Message})", "JSON");
        }
    }

    private static string Right(string field) => field switch
    {
        "id" => "a text of 1 to 128 letters, digits or . _ : -",
        "kind" => "the name of a handler, 1 to 64 characters",
        "weight" => "a number above 0",
        "class" => "fenced or unfenced",
        "localModeMs" => "a whole number of milliseconds, 0 or more",
        "labels" => "names with texts, such as {city: Bern}; a number stands in quotes",
        _ => "JSON",
    };
}
