using System.Text.Json;

namespace Weir.Diagnostics.Api;

/// <summary>A stream as it is to run. Of what is left out the default holds, also where it was declared otherwise before.</summary>
public sealed record StreamPut
{
    /// <summary>Which handler runs it, 1 to 64 characters. Needed.</summary>
    public string? Kind { get; init; }

    /// <summary>The pool, 1 to 64 characters.</summary>
    /// <value><c>default</c>.</value>
    public string? Pool { get; init; }

    /// <summary>How many units of a worker's capacity it takes, above 0.</summary>
    /// <value>1.</value>
    public double? Weight { get; init; }

    /// <summary><c>fenced</c> or <c>unfenced</c>: whether its sink checks epochs.</summary>
    /// <value><c>unfenced</c>.</value>
    public string? Class { get; init; }

    /// <summary>How long a worker that is cut off may go on with it, in milliseconds, 0 or more; left out: the pool's figure.</summary>
    public int? LocalModeMs { get; init; }

    /// <summary>What the handler needs to know: any JSON of at most 4 KB.</summary>
    public JsonElement? Definition { get; init; }

    /// <summary>At most 16 names with their values.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
