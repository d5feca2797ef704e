using System.Text.Json;

namespace Weir.Bus;

/// <summary>How bodies are written and read: compact, unknown fields ignored, and what a record requires is required.</summary>
internal static class WeirJson
{
    /// <summary>The transport keeps one set of options for all buses of a process, and what it has learned of the types with them.</summary>
    internal static JsonSerializerOptions Apply(JsonSerializerOptions from) => from.RespectRequiredConstructorParameters ? from : new(from)
    {
        WriteIndented = false,
        AllowTrailingCommas = false,
        ReadCommentHandling = JsonCommentHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };
}
