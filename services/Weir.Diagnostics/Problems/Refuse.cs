using System.Globalization;

namespace Weir.Diagnostics.Problems;

/// <summary>Refusals in the house's words: the field, its value, and what would be right.</summary>
internal static class Refuse
{
    private const int ShownMax = 40;

    internal static RefusedException Field(string field, object? value, string right) =>
        new(ProblemKind.Invalid, $"{field} is {Shown(value)}; {right}", field, value is null ? null : Cut(Text(value)), right);

    internal static RefusedException Missing(string what, string id, string list) => new(ProblemKind.NotFound, $"There is no {what} '{Cut(id)}'; {list} lists those there are");

    internal static RefusedException Conflict(string detail, IReadOnlyList<string>? streams = null) => new(ProblemKind.Conflict, detail, streams: streams);

    // Harmless to a terminal or a log: control characters become ?, what was cut is said by its length.
    private static string Shown(object? value)
    {
        if (value is null) return "missing";
        var text = Text(value);
        return text.Length <= ShownMax ? $"'{Cut(text)}'" : $"'{Cut(text)}' ({text.Length} characters)";
    }

    private static string Cut(string text) =>
        string.Concat(text.Take(ShownMax).Select(letter => char.IsControl(letter) ? '?' : letter)) + (text.Length > ShownMax ? "…" : "");

    private static string Text(object value) => string.Format(CultureInfo.InvariantCulture, "{0}", value);
}
