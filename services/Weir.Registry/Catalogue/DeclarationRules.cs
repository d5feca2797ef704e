using System.Text;
using System.Text.Json;
using Weir.Bus.Names;
using Weir.Contracts;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Ownership;
using Weir.Core.Identity;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Registry.Catalogue;

/// <summary>What a request about the catalogue must be like. JSON leaves out what it likes, so everything is looked at.</summary>
internal static class DeclarationRules
{
    internal const int PartsMax = MessageLimits.PartsMax;
    internal const int LocalModeMsMax = 7 * 24 * 3600 * 1000;
    private const int KeyMax = 128;
    private const int ByMax = 128;
    private const int KindMax = 64;
    private const int DefinitionBytesMax = 4096;
    private const double WeightMax = 1e9;

    /// <summary>What is wrong with a part as a whole, whatever its streams are.</summary>
    internal static string? PartFault(string? key, string? pool, int part, int parts, int streams, string? by)
    {
        if (key is not { Length: >= 1 and <= KeyMax } || key.Any(char.IsControl)) return Words.Fault("Key", key, $"1 to {KeyMax} characters and no control character are right");
        if (!PoolName.IsAllowed(pool)) return Words.Fault("Pool", pool, Names.PoolRule);
        if (parts is < 1 or > PartsMax) return Words.Fault("Parts", parts, $"1 to {PartsMax} is right");
        if (part < 1 || part > parts) return Words.Fault("Part", part, $"1 to Parts, {parts}, is right");
        if (streams is < 1 or > MessageLimits.StreamsMax) return Words.Fault("Streams", $"{streams} streams", $"1 to {MessageLimits.StreamsMax} a part are right");
        return by is not null && (by.Length > ByMax || by.Any(char.IsControl)) ? Words.Fault("By", by, $"at most {ByMax} characters and no control character are right") : null;
    }

    /// <summary>Whether an answer can be sent there: an asker's own queue, and nobody else's.</summary>
    internal static bool IsAskQueue(string? queue) =>
        queue is not null && queue.StartsWith(BrokerNames.AskPrefix, StringComparison.Ordinal) && Names.IsPart(queue[BrokerNames.AskPrefix.Length..]);

    /// <summary>What is wrong with one stream.</summary>
    internal static string? Fault(StreamDeclaration? stream)
    {
        if (!StreamId.TryParse(stream?.StreamId, out _)) return Words.Fault("StreamId", stream?.StreamId, "1 to 128 letters, digits or any of . _ : -, a letter or digit first, are right");
        if (stream!.Kind is not { Length: >= 1 and <= KindMax } || stream.Kind.Any(char.IsControl)) return Words.Fault("Kind", stream.Kind, $"1 to {KindMax} characters and no control character are right");
        if (!double.IsFinite(stream.Weight) || stream.Weight <= 0 || stream.Weight > WeightMax) return Words.Fault("Weight", stream.Weight, "a number above 0 and at most 1e9 is right");
        if (!Enum.IsDefined(stream.Class)) return Words.Fault("Class", stream.Class, $"{nameof(StreamClass.Fenced)} or {nameof(StreamClass.Unfenced)} is right");
        if (stream.LocalModeMs is < 0 or > LocalModeMsMax) return Words.Fault("LocalModeMs", stream.LocalModeMs, "0 to 604800000, 7 days, is right");
        if (Names.LabelsFault(stream.Labels) is { } labels) return labels;
        if (stream.PinnedTo is not null && !Names.IsPart(stream.PinnedTo)) return Words.Fault("PinnedTo", stream.PinnedTo, Names.PartRule);
        return stream.Definition is null || IsDefinition(stream.Definition) ? null : Words.Fault("Definition", stream.Definition, $"JSON of at most {DefinitionBytesMax} bytes is right");
    }

    /// <summary>A checked declaration as it is to stand in the catalogue.</summary>
    internal static CatalogueEntry Entry(StreamDeclaration stream, PoolSettings pool)
    {
        var local = stream.LocalModeMs ?? (long)pool.LocalModeFor(Enum.Parse<Core.Assignments.StreamClass>(stream.Class.ToString())).TotalMilliseconds;
        using var definition = stream.Definition is null ? null : JsonDocument.Parse(stream.Definition);
        return new CatalogueEntry(
            stream.StreamId,
            stream.Kind,
            stream.Weight,
            stream.Class.ToString(),
            local,
            new SortedDictionary<string, string>(stream.Labels?.ToDictionary(StringComparer.Ordinal) ?? [], StringComparer.Ordinal),
            definition?.RootElement.Clone(),
            stream.PinnedTo);
    }

    private static bool IsDefinition(string text)
    {
        // The database keeps no zero character, also not one that is written as an escape.
        if (Encoding.UTF8.GetByteCount(text) > DefinitionBytesMax || text.Contains('\0', StringComparison.Ordinal) || text.Contains("\\u0000", StringComparison.Ordinal)) return false;
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
