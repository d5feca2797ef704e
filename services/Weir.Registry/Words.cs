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

    // Harmless to a terminal or a log: control characters become ?, what was cut is said by its length.
    private static string Shown(object? value)
    {
        var text = string.Format(CultureInfo.InvariantCulture, "{0}", value);
        if (value is null) return "missing";
        var shown = new string([.. text.Take(ShownMax).Select(letter => char.IsControl(letter) ? '?' : letter)]);
        return text.Length <= ShownMax ? $"'{shown}'" : $"'{shown}…' ({text.Length} characters)";
    }
}
