using System.Globalization;

namespace Weir.Figures.Ticks;

/// <summary>Reads one line of a ticker's log.</summary>
internal static class TickLine
{
    private const string Header = "# weir-ticks 1 ";
    private const int Fields = 9;

    /// <summary>Whose log it is, where the line says so.</summary>
    public static string? Worker(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith(Header)) return null;
        var rest = line[Header.Length..];
        return rest[..rest.IndexOf(' ')].ToString();
    }

    /// <summary>A start, a tick or an end; false for the last line of a process that was killed.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, string worker, out Tick tick)
    {
        tick = default;
        Span<Range> parts = stackalloc Range[Fields + 1];
        if (line.Split(parts, ' ') < Fields || line[parts[0]] is not [('S' or 'T' or 'E') and var what]) return false;

        tick = new Tick(
            what,
            line[parts[4]].ToString(),
            long.Parse(line[parts[5]], CultureInfo.InvariantCulture),
            worker,
            long.Parse(line[parts[7]], CultureInfo.InvariantCulture),
            new TimeSpan(long.Parse(line[parts[1]], CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick));
        return true;
    }
}
