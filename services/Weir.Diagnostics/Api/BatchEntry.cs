using System.Text.Json;

namespace Weir.Diagnostics.Api;

/// <summary>One stream of a batch; its fields as in <see cref="StreamPut"/>.</summary>
public sealed record BatchEntry
{
    /// <summary>1 to 128 characters. Needed.</summary>
    public string? Id { get; init; }

    /// <summary>As in <see cref="StreamPut.Kind"/>. Needed.</summary>
    public string? Kind { get; init; }

    /// <summary>As in <see cref="StreamPut.Weight"/>.</summary>
    public double? Weight { get; init; }

    /// <summary>As in <see cref="StreamPut.Class"/>.</summary>
    public string? Class { get; init; }

    /// <summary>As in <see cref="StreamPut.LocalModeMs"/>.</summary>
    public int? LocalModeMs { get; init; }

    /// <summary>As in <see cref="StreamPut.Definition"/>.</summary>
    public JsonElement? Definition { get; init; }

    /// <summary>As in <see cref="StreamPut.Labels"/>.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
