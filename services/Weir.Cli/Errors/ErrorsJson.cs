using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Cli.Errors;

/// <summary>JSON as scripts read it: camelCase, indented, text as it is.</summary>
internal static class ErrorsJson
{
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(Terminal terminal, object value) => terminal.Data.WriteLine(JsonSerializer.Serialize(value, Shape));
}
