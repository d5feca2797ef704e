using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Weir.Bus.Options;

/// <summary>Values and rules of options as a person reads them.</summary>
internal static class Worded
{
    private static readonly string[] Secrets = ["Password", "ConnectionString", "Secret", "Key"];

    /// <summary>The value; what may hold a password is not shown.</summary>
    internal static string Value(string property, object? value) => value switch
    {
        null or "" => "missing",
        _ when Secrets.Any(secret => property.EndsWith(secret, StringComparison.OrdinalIgnoreCase)) => "(not shown)",
        Array several => $"[{string.Join(", ", several.Cast<object>())}]",
        _ => $"'{string.Format(CultureInfo.InvariantCulture, "{0}", value)}'",
    };

    /// <summary>What a value of the type looks like.</summary>
    internal static string Kind(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return string.Join(" or ", Enum.GetNames(type));
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(TimeSpan)) return "a duration such as 00:00:05";
        if (type == typeof(double)) return "a number";
        return type == typeof(int) || type == typeof(long) ? "a whole number" : "a value of another kind";
    }

    /// <summary>What is wrong with the values of options by the ranges they declare, all of it.</summary>
    internal static IEnumerable<string> Faults(string section, object options) =>
        options.GetType().GetProperties().SelectMany(property => Faults(section, property, property.GetValue(options)));

    private static IEnumerable<string> Faults(string section, PropertyInfo property, object? value) =>
        property.GetCustomAttributes<ValidationAttribute>()
            .Where(rule => !rule.IsValid(value))
            .Select(rule => $"{section}:{property.Name} is {Value(property.Name, value)}; {Rule(rule, property.PropertyType)}");

    /// <summary>What would be right.</summary>
    private static string Rule(ValidationAttribute rule, Type type) => rule switch
    {
        RangeAttribute range => $"{range.Minimum} to {range.Maximum} is right",
        RequiredAttribute => "it is needed",
        StringLengthAttribute length => $"{length.MinimumLength} to {length.MaximumLength} characters are right",
        MinLengthAttribute length => $"at least {length.Length} is right",
        MaxLengthAttribute length => $"at most {length.Length} is right",
        EnumDataTypeAttribute => $"{Kind(type)} is right",
        _ => rule.FormatErrorMessage("it"),
    };
}
