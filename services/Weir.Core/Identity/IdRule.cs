using System.Buffers;

namespace Weir.Core.Identity;

/// <summary>
/// What a name may look like: a letter or digit first, then letters, digits or a few marks, at most so many characters.
/// One object a kind of id; it also words the refusal.
/// </summary>
internal sealed class IdRule(string kind, int lengthMax, string marks)
{
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int ShownMax = 40;

    private readonly SearchValues<char> _allowed = SearchValues.Create(LettersAndDigits + marks);

    internal bool Allows(string? text) =>
        text is { Length: > 0 }
        && text.Length <= lengthMax
        && char.IsAsciiLetterOrDigit(text[0])
        && !text.AsSpan().ContainsAnyExcept(_allowed);

    internal FormatException Refusal(string? text) =>
        new($"'{Shorten(text)}' is no {kind} id: 1 to {lengthMax} letters, digits or any of {string.Join(' ', marks.ToCharArray())}, a letter or digit first");

    /// <summary>Short, and harmless to a terminal or a log: control characters become <c>?</c>, what was cut is said by its length.</summary>
    private static string Shorten(string? text)
    {
        if (text is null)
            return "(null)";

        var shown = text.AsSpan(0, Math.Min(text.Length, ShownMax)).ToArray();
        for (var i = 0; i < shown.Length; i++)
            shown[i] = char.IsControl(shown[i]) ? '?' : shown[i];
        return text.Length <= ShownMax ? new string(shown) : $"{new string(shown)}… ({text.Length} characters)";
    }
}
