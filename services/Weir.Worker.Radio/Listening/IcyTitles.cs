namespace Weir.Worker.Radio.Listening;

/// <summary>
/// Parts a station's bytes into sound and the titles between it: after each <paramref name="every"/> bytes of sound comes one byte that
/// says how many times sixteen bytes of title follow, mostly none. So no title is above 4,080 bytes, whatever a station claims.
/// </summary>
/// <param name="every">How many bytes of sound lie between two titles; null where all is sound.</param>
internal sealed class IcyTitles(long? every)
{
    private const int BlockBytes = 16;

    private readonly byte[] _block = new byte[every is null ? 0 : byte.MaxValue * BlockBytes];
    private long _soundLeft = every ?? long.MaxValue;
    private int _filled;
    private int _wanted;

    /// <summary>How many places for a title have gone by, filled or not.</summary>
    internal long Places { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    /// <returns>The last title that ended in them; null where there was none.</returns>
    internal string? Feed(ReadOnlySpan<byte> bytes)
    {
        if (every is not { } distance)
            return null;
        string? title = null;
        while (bytes.Length > 0)
        {
            if (_wanted > 0)
            {
                var taken = Math.Min(bytes.Length, _wanted - _filled);
                bytes[..taken].CopyTo(_block.AsSpan(_filled));
                _filled += taken;
                bytes = bytes[taken..];
                if (_filled < _wanted)
                    continue;
                title = TitleText.Of(_block.AsSpan(0, _filled)) ?? title;
                (_wanted, _filled, _soundLeft) = (0, 0, distance);
                Places++;
            }
            else if (_soundLeft > 0)
            {
                var taken = (int)Math.Min(bytes.Length, _soundLeft);
                _soundLeft -= taken;
                bytes = bytes[taken..];
            }
            else
            {
                _wanted = bytes[0] * BlockBytes;
                bytes = bytes[1..];
                if (_wanted > 0)
                    continue;
                _soundLeft = distance;
                Places++;
            }
        }
        return title;
    }
}
