using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Weir.Documents.Tests.Options;

/// <summary>Defaults, kinds and ranges as the programs themselves hold them, in the units a person writes.</summary>
internal static class OptionValues
{
    /// <summary>What a fresh object of the options holds.</summary>
    internal static string Default(PropertyInfo property, object options) => property.GetValue(options) switch
    {
        null or "" => "none",
        bool yes => yes ? "`true`" : "`false`",
        TimeSpan time => $"{Time(time)} (`{time.ToString("c", CultureInfo.InvariantCulture)}`)",
        string text => $"`{text}`",
        IDictionary { Count: 0 } => "none",
        IEnumerable several => string.Join(", ", several.Cast<object>().Select(one => $"`{one}`")) is { Length: > 0 } list ? list : "none",
        IFormattable figure => $"`{figure.ToString(null, CultureInfo.InvariantCulture)}`",
        var other => $"`{other}`",
    };

    /// <summary>What the environment's text must look like.</summary>
    internal static string Kind(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`"));
        if (type == typeof(bool)) return "`true`, `false`";
        if (type == typeof(TimeSpan)) return "duration, `[d.]hh:mm:ss[.fff]`";
        if (type == typeof(int) || type == typeof(long)) return "whole number";
        if (type == typeof(double)) return "number";
        if (type.IsArray) return "texts, one a variable";
        return typeof(IDictionary).IsAssignableFrom(type) || type.IsGenericType ? "texts by name" : "text";
    }

    /// <summary>The range that is checked at start by an attribute; null where none is.</summary>
    internal static string? Range(PropertyInfo property) => property.GetCustomAttribute<RangeAttribute>() switch
    {
        null => null,
        { OperandType: { } type } range when type == typeof(TimeSpan) =>
            $"{Time(TimeSpan.Parse((string)range.Minimum, CultureInfo.InvariantCulture))} to {Time(TimeSpan.Parse((string)range.Maximum, CultureInfo.InvariantCulture))}",
        var range => string.Create(CultureInfo.InvariantCulture, $"{range.Minimum:#,0.###} to {range.Maximum:#,0.###}"),
    };

    /// <summary>As <c>5 s</c>: the largest unit that needs no fraction.</summary>
    internal static string Time(TimeSpan time)
    {
        if (time == TimeSpan.Zero) return "0";
        (TimeSpan Unit, string Name)[] units = [(TimeSpan.FromDays(1), "d"), (TimeSpan.FromHours(1), "h"), (TimeSpan.FromMinutes(1), "min"), (TimeSpan.FromSeconds(1), "s")];
        foreach (var (unit, name) in units)
            if (time.Ticks % unit.Ticks == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / unit.Ticks:#,0} {name}");
        return string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:#,0.###} ms");
    }
}
