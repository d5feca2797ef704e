using System.Text.Json;
using Weir.Core.Identity;
using Weir.Core.Planning;

namespace Weir.Cli.Planning;

/// <summary>Reads a fleet from JSON. Every refusal names the path, the value and what would be right.</summary>
internal static class FleetJson
{
    internal const string Above0 = "a number above 0";
    internal const string AtLeast0 = "a number of at least 0";
    internal const string States = "active, cordoned, draining or lost";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    internal static Given Read(byte[] bytes, string name)
    {
        using var document = Parse(bytes, name);
        var root = new JsonValue(document.RootElement, "$", ["policy", "workers", "streams"]);
        var given = new Given();
        if (root.Has("policy", out var policy))
            given.Policy = ReadPolicy(new JsonValue(policy, "policy", ["band", "outerBand", "movesMax", "coolDownSeconds"]));
        foreach (var (worker, path) in Workers(root))
            given.Add(ReadWorker(worker, path));
        if (root.Has("streams", out var streams))
            ReadStreams(given, streams);
        return given;
    }

    internal static WorkerState State(string? text, string path) => text switch
    {
        null or "active" => WorkerState.Active,
        "cordoned" => WorkerState.Cordoned,
        "draining" => WorkerState.Draining,
        "lost" => WorkerState.Lost,
        _ => throw new InputException(path, $"'{Plain.Text(text)}'", States),
    };

    private static JsonDocument Parse(byte[] bytes, string name)
    {
        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException wrong)
        {
            var at = FormattableString.Invariant($"line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}");
            throw new InputException($"{name} is no JSON ({at}): {wrong.Message}");
        }
    }

    private static IEnumerable<(JsonElement Item, string Path)> Workers(JsonValue root)
    {
        const string Name = "workers";
        if (!root.Has(Name, out var array))
            throw new InputException(Name, "missing", "an array [ … ]");
        if (array.ValueKind != JsonValueKind.Array)
            throw new InputException(Name, JsonValue.Shown(array), "an array [ … ]");
        return array.EnumerateArray().Select((item, i) => (item, FormattableString.Invariant($"{Name}[{i}]")));
    }

    private static Policy ReadPolicy(JsonValue policy)
    {
        var band = policy.Number("band", 0.05, n => n is >= 0 and <= 1, "0 to 1");
        var outer = policy.Number("outerBand", Math.Max(0.10, band), n => n >= band && n <= 10, "at least the band, at most 10");
        var most = policy.Number("movesMax", -1, n => n >= 0 && n <= int.MaxValue && n == Math.Floor(n), "a whole number of at least 0, or null");
        var coolDown = policy.Number("coolDownSeconds", 0, n => n >= 0, AtLeast0);
        return new Policy { Band = band, OuterBand = outer, MovesMax = most < 0 ? null : (int)most, CoolDownSeconds = coolDown };
    }

    private static GivenWorker ReadWorker(JsonElement element, string path)
    {
        var worker = new JsonValue(element, path, ["id", "capacity", "zone", "labels", "state", "performance"]);
        // Zones and labels are taken and not yet planned by; a wrong type is still an error.
        _ = worker.Text("zone", "a text");
        if (worker.Has("labels", out var labels) && labels.ValueKind != JsonValueKind.Object)
            throw new InputException($"{path}.labels", JsonValue.Shown(labels), "an object of texts");
        return new GivenWorker(
            path,
            worker.Worker("id") ?? throw new InputException($"{path}.id", "missing", "a worker id"),
            worker.Number("capacity", null, n => n > 0, Above0),
            State(worker.Text("state", States), $"{path}.state"),
            worker.Number("performance", 1, n => n is > 0 and <= 1, "above 0 and at most 1"));
    }

    private static void ReadStreams(Given given, JsonElement streams)
    {
        if (streams.ValueKind != JsonValueKind.Array)
            throw new InputException("streams", JsonValue.Shown(streams), "an array [ … ]");
        var place = 0;
        foreach (var element in streams.EnumerateArray())
            given.Streams.Add(ReadStream(element, place++));
    }

    private static GivenStream ReadStream(JsonElement element, int place)
    {
        const string Wanted = "a stream id: 1 to 128 letters, digits or any of . _ : -";
        var path = FormattableString.Invariant($"streams[{place}]");
        var stream = new JsonValue(element, path, ["id", "weight", "owner", "pinnedTo", "movedSecondsAgo", "quarantined"]);
        var text = stream.Text("id", Wanted) ?? throw new InputException($"{path}.id", "missing", Wanted);
        if (!StreamId.TryParse(text, out var id))
            throw new InputException($"{path}.id", $"'{Plain.Text(text)}'", Wanted);
        var moved = stream.Number("movedSecondsAgo", double.PositiveInfinity, n => n >= 0, $"{AtLeast0}, or null");
        var quarantined = stream.Flag("quarantined");
        StreamNote? note = double.IsFinite(moved) || quarantined ? new StreamNote(0) { MovedSecondsAgo = moved, Quarantined = quarantined } : null;
        return new GivenStream(
            "streams", place, id, stream.Worker("owner"), stream.Number("weight", 1, n => n >= 0, AtLeast0), stream.Worker("pinnedTo"), note);
    }
}
