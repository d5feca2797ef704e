using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Figures;

/// <summary>A figure as a line, for a person or for a program.</summary>
internal static class FigureText
{
    // A gap that never ended is infinite, and a percentile of nothing no number: neither may end the run.
    private static readonly JsonSerializerOptions AnyNumber = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>One object; a value that is no number or infinite is told by its name.</summary>
    public static string Json(Figure figure) => JsonSerializer.Serialize(figure, AnyNumber);

    public static string Of(Figure figure)
    {
        var mark = figure.IsMet switch { true => "met   ", false => "MISSED", null => "told  " };
        var goal = figure.Goal is { } bound ? string.Create(CultureInfo.InvariantCulture, $"   (wanted {(figure.IsLeast ? ">=" : "<=")} {bound:0.###})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"  {mark} {figure.Row,-20} {figure.Name,-58} {figure.Value,10:0.##}{goal}");
    }
}
