using System.Text;
using System.Text.Json;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Ownership;
using Weir.Core.Identity;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Changes;

/// <summary>Makes declarations of what was sent, and names the field that is not right. Registry looks again: it is asked by others too.</summary>
internal static class DeclarationReading
{
    internal const string DefaultPool = "default";
    internal const int BatchMax = 5_000;
    private const int KindMax = 64;
    private const int DefinitionBytesMax = 4096;
    private const int LocalModeMsMax = 7 * 24 * 3600 * 1000;
    private const double WeightMax = 1e9;

    internal static string Pool(string? pool, string field = "pool") =>
        pool is null ? DefaultPool : PoolName.IsAllowed(pool) ? pool : throw Refuse.Field(field, pool, $"{PoolName.Right}, are right");

    internal static string StreamName(string? id, string field = "id") =>
        StreamId.TryParse(id, out _) ? id! : throw Refuse.Field(field, id, "1 to 128 letters, digits or any of . _ : -, a letter or digit first, are right");

    internal static StreamDeclaration Stream(string id, StreamPut put) =>
        Stream("", StreamName(id), put.Kind, put.Weight, put.Class, put.LocalModeMs, put.Definition, put.Labels);

    internal static StreamDeclaration Stream(BatchEntry? entry, int place)
    {
        var at = $"declare[{place}].";
        return entry is null
            ? throw Refuse.Field($"declare[{place}]", null, "a stream is right")
            : Stream(at, StreamName(entry.Id, $"{at}id"), entry.Kind, entry.Weight, entry.Class, entry.LocalModeMs, entry.Definition, entry.Labels);
    }

    private static StreamDeclaration Stream(
        string at, string id, string? kind, double? weight, string? @class, int? localModeMs, JsonElement? definition, IReadOnlyDictionary<string, string>? labels)
    {
        if (kind is not { Length: >= 1 and <= KindMax } || kind.Any(char.IsControl)) throw Refuse.Field($"{at}kind", kind, $"1 to {KindMax} characters and no control character are right");
        if (weight is { } units && !(double.IsFinite(units) && units is > 0 and <= WeightMax)) throw Refuse.Field($"{at}weight", weight, "a number above 0 and at most 1e9 is right");
        if (localModeMs is < 0 or > LocalModeMsMax) throw Refuse.Field($"{at}localModeMs", localModeMs, "0 to 604800000, 7 days, is right");
        if (LabelRule.Fault(labels) is { } fault) throw Refuse.Field(fault.Name.Length == 0 ? $"{at}labels" : $"{at}labels.{fault.Name}", fault.Value, $"{fault.Right} are right");
        return new StreamDeclaration(id, kind, weight ?? 1, Class(@class, at), localModeMs, Definition(definition, at), labels);
    }

    private static StreamClass Class(string? given, string at) => given switch
    {
        null or "unfenced" => StreamClass.Unfenced,
        "fenced" => StreamClass.Fenced,
        _ => throw Refuse.Field($"{at}class", given, "fenced or unfenced is right"),
    };

    private static string? Definition(JsonElement? given, string at)
    {
        if (given is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } definition) return null;
        var text = definition.GetRawText();
        return Encoding.UTF8.GetByteCount(text) <= DefinitionBytesMax && !text.Contains("\\u0000", StringComparison.Ordinal)
            ? text
            : throw Refuse.Field($"{at}definition", text, $"JSON of at most {DefinitionBytesMax} bytes, without the character 0, is right");
    }
}
