using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Weir.Cli.Errors;

namespace Weir.Cli;

/// <summary>Flags that take a number within a range: a word, a fraction and a number outside of it are refused in the same words.</summary>
internal static class NumberOption
{
    /// <summary>The longest that anybody is let wait, in seconds: a day.</summary>
    internal const int SecondsMax = 86_400;

    /// <summary>A whole number that is <paramref name="preset"/> when it is not given.</summary>
    internal static Option<int> Of(string name, string description, int least, int most, int preset, string? help = null) => new(name)
    {
        Description = description,
        HelpName = help ?? Text(preset),
        DefaultValueFactory = _ => preset,
        CustomParser = result => Read(result, name, NumberStyles.AllowLeadingSign, least, most, $"a whole number, {Text(least)} to {Text(most)}"),
    };

    /// <summary>A whole number that may be left out.</summary>
    internal static Option<int?> Of(string name, string description, int least, int most, string help) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => Read(result, name, NumberStyles.AllowLeadingSign, least, most, $"a whole number, {Text(least)} to {Text(most)}"),
    };

    /// <summary>A number that may be left out.</summary>
    internal static Option<double?> Of(string name, string description, double least, double most, string help) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => Read(result, name, NumberStyles.Float, least, most, $"a number, {Text(least)} to {Text(most)}"),
    };

    private static T Read<T>(ArgumentResult given, string name, NumberStyles style, T least, T most, string wanted)
        where T : struct, INumber<T>
    {
        var text = given.Tokens[0].Value;
        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        given.AddError(new InputException(name, Printable.Line(text) is { Length: > 0 } seen ? seen : "empty", wanted).Message);
        return default;
    }

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
