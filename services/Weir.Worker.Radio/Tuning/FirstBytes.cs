using System.Text;

namespace Weir.Worker.Radio.Tuning;

/// <summary>What the first bytes of an answer say it is.</summary>
internal static class FirstBytes
{
    /// <summary>As many as are looked at.</summary>
    internal const int Wanted = 512;

    /// <summary>As many where those do not tell: sound begins anywhere in a frame, and two headers of one shape are what is looked for.</summary>
    internal const int WantedAtMost = 4_096;

    internal static ContentKind Of(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("#EXTM3U", StringComparison.OrdinalIgnoreCase) || text.StartsWith("[playlist]", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            return ContentKind.Playlist;
        if (IsForeign(bytes) || (text.StartsWith('<') && IsText(bytes)) || (text.StartsWith('{') && IsText(bytes)))
            return ContentKind.Other;
        return IsAudio(bytes) ? ContentKind.Audio : ContentKind.Unknown;
    }

    // Archives and pictures that sound never begins like.
    private static bool IsForeign(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0x1F, 0x8B]) || bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("%PDF"u8) || bytes.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47])
        || bytes.StartsWith("GIF8"u8) || bytes.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD]) || bytes.StartsWith<byte>([0xFD, 0x37, 0x7A, 0x58, 0x5A]);

    private static bool IsText(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyInRange<byte>(0x00, 0x08) < 0;

    private static bool IsAudio(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("OggS"u8) || bytes.StartsWith("fLaC"u8) || bytes.StartsWith("ID3"u8) || bytes.StartsWith("RIFF"u8) || bytes.StartsWith("ADIF"u8))
            return true;
        for (var at = 0; at + 1 < bytes.Length; at++)
            if (IsHeader(bytes[at..]) && bytes[(at + 2)..].IndexOf(bytes.Slice(at, 2)) >= 0)
                return true;
        return false;
    }

    // Eleven set bits, a version, and a layer; a layer of none is ADTS, which has twelve bits set.
    private static bool IsHeader(ReadOnlySpan<byte> bytes) =>
        bytes[0] == 0xFF && (bytes[1] & 0xE0) == 0xE0 && (bytes[1] & 0x18) != 0x08 && bytes[1] != 0xFF && ((bytes[1] & 0x06) != 0 || (bytes[1] & 0xF0) == 0xF0);
}
