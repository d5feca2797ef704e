using System.Globalization;

namespace Weir.Figures;

/// <summary>A figure as a line for a person.</summary>
internal static class FigureText
{
    public static string Of(Figure figure)
    {
        var mark = figure.IsMet switch { true => "met   ", false => "MISSED", null => "told  " };
        var goal = figure.Goal is { } bound ? string.Create(CultureInfo.InvariantCulture, $"   (wanted {(figure.IsLeast ? ">=" : "<=")} {bound:0.###})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"  {mark} {figure.Row,-20} {figure.Name,-58} {figure.Value,10:0.##}{goal}");
    }
}
