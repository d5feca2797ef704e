using System.Globalization;
using System.Text.Json;
using Weir.Core.Identity;

namespace Weir.Cli.Planning;

/// <summary>Reads one JSON object strictly: only fields that are known, only values that can be used, every refusal with its path.</summary>
internal readonly ref struct JsonValue
{
    private readonly JsonElement _element;
    private readonly string _path;

    internal JsonValue(JsonElement element, string path, ReadOnlySpan<string> fields)
    {
        (_element, _path) = (element, path);
        if (element.ValueKind != JsonValueKind.Object)
            throw new InputException(path, Shown(element), "an object { … }");
        foreach (var property in element.EnumerateObject())
        {
            if (!fields.Contains(property.Name))
                throw new InputException($"{path}.{Plain.Text(property.Name)}", "a field nobody knows", $"one of {string.Join(", ", fields.ToArray())}");
        }
    }

    internal double Number(string name, double? missing, Func<double, bool> allowed, string wanted)
    {
        if (!Has(name, out var value))
            return missing ?? throw new InputException($"{_path}.{name}", "missing", wanted);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && allowed(number))
            return number;
        throw new InputException($"{_path}.{name}", Shown(value), wanted);
    }

    internal bool Flag(string name)
    {
        if (!Has(name, out var value))
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new InputException($"{_path}.{name}", Shown(value), "true or false");
    }

    internal string? Text(string name, string wanted)
    {
        if (!Has(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new InputException($"{_path}.{name}", Shown(value), wanted);
    }

    internal WorkerId? Worker(string name)
    {
        const string Wanted = "a worker id: 1 to 64 letters, digits or hyphens";
        if (Text(name, Wanted) is not { } text)
            return null;
        return WorkerId.TryParse(text, out var id) ? id : throw new InputException($"{_path}.{name}", $"'{Plain.Text(text)}'", Wanted);
    }

    internal bool Has(string name, out JsonElement value) =>
        _element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    internal static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => string.Create(CultureInfo.InvariantCulture, $"an array of {value.GetArrayLength()}"),
        _ => Plain.Text(value.GetRawText()),
    };
}
