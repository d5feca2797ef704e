using System.Globalization;

namespace Weir.Checker;

/// <summary>All logs of a folder as one sequence in the order of time; only a line a file is in memory.</summary>
internal static class TickLogs
{
    private const double DefaultIntervalMs = 100;

    /// <summary>How often streams tick, as the files' first lines say: the longest of them.</summary>
    internal static double IntervalMs(string folder) =>
        Files(folder).Select(file => File.ReadLines(file).FirstOrDefault()?.Split(' ')).Select(head =>
            head is { Length: 5 } && double.TryParse(head[4], CultureInfo.InvariantCulture, out var interval) ? interval : DefaultIntervalMs)
            .DefaultIfEmpty(DefaultIntervalMs).Max();

    internal static IEnumerable<TickLine> Read(string folder)
    {
        var heads = new PriorityQueue<IEnumerator<TickLine>, long>();
        foreach (var file in Files(folder))
            Enqueue(heads, Ticks(file).GetEnumerator());
        while (heads.TryDequeue(out var next, out _))
        {
            yield return next.Current;
            Enqueue(heads, next);
        }
    }

    private static string[] Files(string folder) => Directory.GetFiles(folder, "*.ticks", SearchOption.AllDirectories);

    private static void Enqueue(PriorityQueue<IEnumerator<TickLine>, long> heads, IEnumerator<TickLine> ticks)
    {
        if (ticks.MoveNext())
            heads.Enqueue(ticks, ticks.Current.At);
        else
            ticks.Dispose();
    }

    // A process that still runs may go on writing meanwhile.
    private static IEnumerable<TickLine> Ticks(string file)
    {
        var process = Path.GetFileNameWithoutExtension(file);
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
            if (TickLine.Read(line, process) is { } tick)
                yield return tick;
    }
}
