using System.Text.Json;

namespace Weir.Bus;

/// <summary>How bodies are written and read: compact, unknown fields ignored, and what a record requires is required.</summary>
internal static class WeirJson
{
    internal static JsonSerializerOptions Apply(JsonSerializerOptions from) => new(from)
    {
        WriteIndented = false,
        AllowTrailingCommas = false,
        ReadCommentHandling = JsonCommentHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };
}
