using System.Text;

namespace Weir.Cli.Dev.Showing;

/// <summary>The lines of a picture of a given size.</summary>
internal sealed class Paper(int width, int height)
{
    private readonly List<Line> _lines = [];

    internal int Width => width;

    internal int Height => height;

    /// <summary>Lines that are still free.</summary>
    internal int Left => height - _lines.Count;

    /// <summary>Begins a line; one that has no room is written for nobody.</summary>
    internal Line Line()
    {
        var line = new Line(width);
        if (Left > 0)
            _lines.Add(line);
        return line;
    }

    /// <summary>A line across, with a title in it.</summary>
    internal void Rule(string title = "")
    {
        var line = Line();
        if (title.Length > 0)
            line.Add("── ", Ink.Faint).Add(title, Ink.Strong).Add(" ");
        line.Add(new string('─', Math.Max(0, line.Left)), Ink.Faint);
    }

    /// <summary>Leaves lines free down to the last few.</summary>
    internal void SkipTo(int left)
    {
        while (Left > left)
            Line();
    }

    /// <summary>Without colours, a line a line.</summary>
    internal string ToText() => string.Join('\n', _lines.Select(line => line.ToString()));

    /// <summary>For a terminal: from its upper left corner, each line wiped to its end.</summary>
    internal string ToTerminal(bool colour)
    {
        var text = new StringBuilder((width * height) + 256).Append("\e[H");
        for (var at = 0; at < _lines.Count; at++)
        {
            _lines[at].Write(text, colour ? Code : null, colour ? "\e[0m" : "");
            text.Append("\e[K").Append(at + 1 < _lines.Count ? "\r\n" : "\e[J");
        }

        return text.ToString();
    }

    private static string Code(Ink ink) => ink switch
    {
        Ink.Faint => "\e[90m",
        Ink.Strong => "\e[1m",
        Ink.Water => "\e[36m",
        Ink.Good => "\e[32m",
        Ink.Moving => "\e[35m",
        Ink.Warning => "\e[33m",
        _ => "\e[1;31m",
    };
}
