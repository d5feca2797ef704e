using System.Text;

namespace Weir.Cli.Dev.Showing;

/// <summary>One line of the picture, never wider than it may be. Each character takes one column: what would not is replaced.</summary>
internal sealed class Line(int width)
{
    private readonly List<(Ink Ink, string Text)> _parts = [];

    /// <summary>Columns taken.</summary>
    internal int Length { get; private set; }

    internal int Left => width - Length;

    /// <summary>Adds text, cut where the line ends.</summary>
    internal Line Add(string text, Ink ink = Ink.Plain)
    {
        var shown = Cut(text, Left);
        if (shown.Length == 0)
            return this;
        _parts.Add((ink, shown));
        Length += shown.Length;
        return this;
    }

    /// <summary>Adds text in a column of its own: filled up with blanks, or cut.</summary>
    internal Line Column(string text, int columns, Ink ink = Ink.Plain, bool right = false)
    {
        var shown = Cut(text, columns);
        return Add(right ? shown.PadLeft(columns) : shown.PadRight(columns), ink);
    }

    /// <summary>Goes on at a column further right.</summary>
    internal Line To(int column) => Length < column ? Add(new string(' ', column - Length)) : this;

    /// <summary>Takes the parts of another line.</summary>
    internal Line Append(Line other)
    {
        foreach (var (ink, text) in other._parts)
            Add(text, ink);
        return this;
    }

    internal void Write(StringBuilder to, Func<Ink, string>? before, string after)
    {
        foreach (var (ink, text) in _parts)
        {
            if (before is null || ink == Ink.Plain)
                to.Append(text);
            else
                to.Append(before(ink)).Append(text).Append(after);
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder(width);
        Write(text, before: null, after: "");
        return text.ToString().TrimEnd();
    }

    private static string Cut(string text, int columns)
    {
        if (columns <= 0)
            return "";
        var shown = text.Length <= columns ? text : columns == 1 ? "…" : text[..(columns - 1)] + "…";
        return shown.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter))
            ? string.Concat(shown.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter))
            : shown;
    }
}
