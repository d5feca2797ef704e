using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Persistence.Stores;

/// <summary>A stream as it is to stand in the catalogue; checked already.</summary>
/// <param name="Stream">Its id.</param>
/// <param name="Kind">Which handler runs it.</param>
/// <param name="Weight">Units of capacity it takes.</param>
/// <param name="Class">The class by name.</param>
/// <param name="LocalModeForMs">Milliseconds.</param>
/// <param name="Labels">Names and values.</param>
/// <param name="Payload">What its handler needs, as JSON; null when nothing.</param>
/// <param name="PinnedTo">The only worker that may hold it; null: any.</param>
public sealed record CatalogueEntry(
    [property: JsonPropertyName("stream")] string Stream,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("weight")] double Weight,
    [property: JsonPropertyName("class")] string Class,
    [property: JsonPropertyName("local_ms")] long LocalModeForMs,
    [property: JsonPropertyName("labels")] IReadOnlyDictionary<string, string> Labels,
    [property: JsonPropertyName("payload")] JsonElement? Payload,
    [property: JsonPropertyName("pinned_to")] string? PinnedTo = null);
