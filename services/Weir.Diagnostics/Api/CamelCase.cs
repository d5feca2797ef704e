using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Diagnostics.Api;

/// <summary>Writes an enum as its camelCase name, and reads it so.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
