using System.Text;

namespace Weir.Cli.Errors;

/// <summary>Shows what came over the network: harmless to a terminal, whatever is in it.</summary>
internal static class Printable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>On one line.</summary>
    internal static string Line(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = char.IsControl(from[i]) ? '?' : from[i];
    });

    /// <summary>With its own line ends.</summary>
    internal static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Line));

    /// <summary>The first bytes of a body: as text where it is text, else as hexadecimal digits.</summary>
    internal static string Body(ReadOnlyMemory<byte> body, int most)
    {
        var shown = body.Span[..Math.Min(most, body.Length)];
        try
        {
            // A character that the cut divides is no fault of the body's.
            var whole = shown.Length < body.Length ? shown[..^Divided(shown)] : shown;
            return Strict.GetString(whole);
        }
        catch (DecoderFallbackException)
        {
            return Convert.ToHexString(shown);
        }
    }

    private static int Divided(ReadOnlySpan<byte> shown)
    {
        var end = 0;
        while (end < Math.Min(3, shown.Length) && (shown[^(end + 1)] & 0xC0) == 0x80)
            end++;
        return end < shown.Length && (shown[^(end + 1)] & 0xC0) == 0xC0 ? end + 1 : 0;
    }
}
