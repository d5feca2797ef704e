using System.Globalization;

namespace Weir.Worker.Tests.Checks;

/// <summary>Logs as tickers write them, with what a test plants.</summary>
internal sealed class PlantedLogs : IDisposable
{
    private readonly Dictionary<string, List<(int At, string Line)>> _files = new(StringComparer.Ordinal);

    internal string Folder { get; } = Directory.CreateTempSubdirectory("weir-checker-").FullName;

    /// <summary>Ticks each 100 ms from a time to another, both in milliseconds and included.</summary>
    internal PlantedLogs Ticks(string process, string stream, long epoch, int fromMs, int toMs, char mark = 'U', int run = 1)
    {
        if (!_files.TryGetValue(process, out var file))
            _files.Add(process, file = [(int.MinValue, $"# weir-ticks 1 {process} 100\n")]);
        for (var at = fromMs; at <= toMs; at += 100)
            file.Add((at, string.Create(CultureInfo.InvariantCulture, $"T {at * 1_000_000L} {1_000_000 + at} {mark} {stream} {epoch} {at / 100} 7 {run}\n")));
        return this;
    }

    /// <summary>Half a line, as a process leaves that is killed while it writes.</summary>
    internal PlantedLogs Torn(string process)
    {
        _files[process].Add((int.MaxValue, "T 12345"));
        return this;
    }

    internal string Write()
    {
        foreach (var (process, file) in _files)
            File.WriteAllText(Path.Combine(Folder, $"{process}.ticks"), string.Concat(file.OrderBy(each => each.At).Select(each => each.Line)));
        return Folder;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
