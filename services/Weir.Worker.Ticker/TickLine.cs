using System.Globalization;
using System.Text;

namespace Weir.Worker.Ticker;

/// <summary>
/// One line of a tick log, as it is written and as it is read again:
/// <code>
/// # weir-ticks 1 worker intervalMs
/// S|T|E  bootNs  unixMs  F|U  stream  epoch  sequence  incarnation  run  [reason of the end]
/// </code>
/// </summary>
/// <param name="What"><c>S</c>tart, <c>T</c>ick or <c>E</c>nd.</param>
/// <param name="At">Nanoseconds on the machine's boot-time clock.</param>
/// <param name="UnixMs">Wall clock, milliseconds.</param>
/// <param name="IsFenced">Whether a sink decides what counts.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Epoch">The epoch it was written under.</param>
/// <param name="Sequence">1 upwards along the stream.</param>
/// <param name="Incarnation">The worker's life.</param>
/// <param name="Run">Which run of a handler in this process.</param>
/// <param name="Reason">Why it ended; null on all other lines.</param>
internal readonly record struct TickLine(
    char What, long At, long UnixMs, bool IsFenced, string Stream, long Epoch, long Sequence, long Incarnation, int Run, string? Reason)
{
    private const string Header = "# weir-ticks 1 ";
    private const int Fields = 9;

    /// <summary>The first line of a log.</summary>
    internal static string Head(string worker, TimeSpan interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{Header}{worker} {interval.TotalMilliseconds:0}\n");

    /// <summary>Whose log it is, where the line is the first.</summary>
    internal static string? Worker(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith(Header))
            return null;
        var rest = line[Header.Length..];
        return rest[..Math.Max(0, rest.IndexOf(' '))].ToString();
    }

    /// <summary>Reads a line; false for what is none, such as the last of a process that was killed.</summary>
    internal static bool TryRead(ReadOnlySpan<char> line, out TickLine read)
    {
        read = default;
        Span<Range> parts = stackalloc Range[Fields + 1];
        var count = line.Split(parts, ' ');
        if (count < Fields || line[parts[0]] is not [('S' or 'T' or 'E') and var what])
            return false;
        if (!Number(line[parts[1]], out var at) || !Number(line[parts[2]], out var unixMs) || !Number(line[parts[5]], out var epoch)
            || !Number(line[parts[6]], out var sequence) || !Number(line[parts[7]], out var incarnation) || !Number(line[parts[8]], out var run))
            return false;
        var reason = count > Fields ? line[parts[Fields]].ToString() : null;
        read = new TickLine(what, at, unixMs, line[parts[3]] is "F", line[parts[4]].ToString(), epoch, sequence, incarnation, (int)run, reason);
        return true;
    }

    internal void AppendTo(StringBuilder lines)
    {
        lines.Append(
            CultureInfo.InvariantCulture,
            $"{What} {At} {UnixMs} {(IsFenced ? 'F' : 'U')} {Stream} {Epoch} {Sequence} {Incarnation} {Run}");
        if (Reason is not null)
            lines.Append(' ').Append(Reason);
        lines.Append('\n');
    }

    private static bool Number(ReadOnlySpan<char> text, out long number) => long.TryParse(text, CultureInfo.InvariantCulture, out number);
}
