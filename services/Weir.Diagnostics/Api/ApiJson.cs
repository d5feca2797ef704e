using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Diagnostics.Api;

/// <summary>How bodies are written and read, for the server and whoever asks it: camelCase, unknown fields ignored when read.</summary>
public static class ApiJson
{
    /// <summary>The one set of options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.Strict, MaxDepth = 24 };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
