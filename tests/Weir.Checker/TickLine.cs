using System.Globalization;

namespace Weir.Checker;

/// <summary>One tick as a log tells it.</summary>
/// <param name="At">Nanoseconds on the machine's boot-time clock.</param>
/// <param name="UnixMs">Wall clock, milliseconds.</param>
/// <param name="IsFenced">Whether a sink decides what counts.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Epoch">The epoch it was written under.</param>
/// <param name="Owner">The process and the run of its handler: two owners that tick at once are one too many, also within one process.</param>
internal readonly record struct TickLine(long At, long UnixMs, bool IsFenced, string Stream, long Epoch, string Owner)
{
    private const int Fields = 9;

    /// <summary>Reads a line of a log; null for what is no tick, such as a start, an end, or the last line of a process that was killed.</summary>
    internal static TickLine? Read(string line, string process)
    {
        if (!line.StartsWith("T ", StringComparison.Ordinal) || line.Split(' ') is not { Length: Fields } parts)
            return null;
        return Number(parts[1]) is { } at && Number(parts[2]) is { } unixMs && Number(parts[5]) is { } epoch && Number(parts[8]) is { } run
            ? new TickLine(at, unixMs, parts[3] == "F", parts[4], epoch, string.Create(CultureInfo.InvariantCulture, $"{process}#{run}"))
            : null;
    }

    private static long? Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
