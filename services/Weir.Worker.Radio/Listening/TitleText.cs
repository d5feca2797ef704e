using System.Buffers;
using System.Text;

namespace Weir.Worker.Radio.Listening;

/// <summary>The title in a block such as <c>StreamTitle='Somebody - Something';StreamUrl='…';</c>.</summary>
internal static class TitleText
{
    private const string Name = "StreamTitle='";
    private const string End = "';";
    private const int LengthMax = 500;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <param name="block">The bytes of the block, zeros at its end.</param>
    /// <returns>The title, cut to 500 characters, empty where the station says that nothing plays; null where the block tells no title.</returns>
    internal static string? Of(ReadOnlySpan<byte> block)
    {
        var text = Decode(block.TrimEnd((byte)0));
        var begin = text.IndexOf(Name, StringComparison.Ordinal);
        return begin < 0 ? null : Clean(UpToEnd(text[(begin + Name.Length)..]));
    }

    // Titles hold quotation marks, semicolons and both: the end is where another name follows, or nothing. Some forget it.
    private static string UpToEnd(string text)
    {
        for (var at = text.IndexOf(End, StringComparison.Ordinal); at >= 0; at = text.IndexOf(End, at + 1, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(at + End.Length).TrimStart();
            var name = rest.IndexOfAnyExcept(Letters);
            if (rest.IsEmpty || (name > 0 && rest[name] == '='))
                return text[..at];
        }
        return text.EndsWith('\'') ? text[..^1] : text;
    }

    // Nobody says which encoding it is. What reads as UTF-8 is UTF-8, since other text hardly ever does; the rest is Windows-1252.
    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Western.GetString(bytes);
        }
    }

    // A database takes no zeros, and a terminal none of the other control characters.
    private static string Clean(string title)
    {
        var clean = string.Concat(title.Where(character => !char.IsControl(character) && character != '\uFEFF')).Trim();
        if (clean.Length <= LengthMax)
            return clean;
        return clean[..(char.IsHighSurrogate(clean[LengthMax - 1]) ? LengthMax - 1 : LengthMax)];
    }
}
