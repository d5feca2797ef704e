using System.Globalization;

namespace Weir.Figures.Ticks;

/// <summary>Reads one line of a ticker's log.</summary>
internal static class TickLine
{
    public static bool TryRead(ReadOnlySpan<char> line, out Tick tick)
    {
        tick = default;
        Span<Range> parts = stackalloc Range[9];
        if (line.Split(parts, ' ') < 7 || !line[parts[0]].SequenceEqual("tick")) return false;

        tick = new Tick(
            line[parts[1]].ToString(),
            long.Parse(line[parts[2]], CultureInfo.InvariantCulture),
            line[parts[3]].ToString(),
            long.Parse(line[parts[4]], CultureInfo.InvariantCulture),
            new TimeSpan(long.Parse(line[parts[6]], CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick));
        return true;
    }
}
