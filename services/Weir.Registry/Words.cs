using System.Globalization;
using System.Runtime.Serialization;

namespace Weir.Registry;

/// <summary>Refusals: which field, its value, and what would be right, at most as long as the contracts allow.</summary>
internal static class Words
{
    private const int ReasonMax = 500;
    private const int ShownMax = 40;

    internal static string Fault(string field, object? value, string right) => Cut($"{field} is {Shown(value)}; {right}");

    internal static string Cut(string words) => words.Length <= ReasonMax ? words : words[..(ReasonMax - 1)] + "…";

    /// <summary>What is thrown where nobody can be told: the message is parked at once, with this reason.</summary>
    internal static SerializationException Unanswerable(string fault) => new(fault);

    /// <summary>Someone's text, cut, and harmless to a terminal, a log and the store: control characters become ?.</summary>
    internal static string Harmless(string text, int lengthMax) =>
        new([.. text.Take(lengthMax).Select(letter => char.IsControl(letter) ? '?' : letter)]);

    // What was cut is said by its length.
    private static string Shown(object? value)
    {
        if (value is null) return "missing";
        var text = string.Format(CultureInfo.InvariantCulture, "{0}", value);
        var shown = Harmless(text, ShownMax);
        return text.Length <= ShownMax ? $"'{shown}'" : $"'{shown}…' ({text.Length} characters)";
    }
}
