namespace Weir.Contracts.Tests;

/// <summary>A type in words that say what stands in the JSON.</summary>
internal static class WireName
{
    internal static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Of(inner);
        if (!type.IsGenericType)
            return type.Namespace == "System" ? type.Name.ToLowerInvariant() : type.FullName!;

        var arguments = type.GetGenericArguments();
        return arguments.Length == 1 ? $"{Of(arguments[0])}[]" : $"map of {Of(arguments[^1])}";
    }
}
