using System.Globalization;

namespace Weir.Worker.Radio.Stations;

/// <summary>A PLS list: <c>File1=…</c> and <c>Title1=…</c> under <c>[playlist]</c>.</summary>
internal static class PlsStations
{
    internal static IEnumerable<StationLine> Read(string file, string text)
    {
        var (files, titles) = (new SortedDictionary<int, (int Line, string Url)>(), new Dictionary<int, string>());
        var lines = text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries);
        if (!lines.Any(line => line.Equals("[playlist]", StringComparison.OrdinalIgnoreCase)))
            throw new StationListException(file, line: 1, "a PLS list begins with [playlist]");
        for (var at = 0; at < lines.Length; at++)
        {
            if (Entry(lines[at], "File") is { } one && !files.TryAdd(one.Number, (at + 1, one.Value)))
                throw new StationListException(file, at + 1, $"File{one.Number} stands in line {files[one.Number].Line} already");
            if (Entry(lines[at], "Title") is { } named)
                titles[named.Number] = named.Value;
        }
        return files.Select(entry =>
        {
            var title = titles.GetValueOrDefault(entry.Key);
            return new StationLine(entry.Value.Line, Id: null, entry.Value.Url, title, StationLine.Named(title));
        });
    }

    private static (int Number, string Value)? Entry(string line, string name)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        return line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && equals > name.Length
            && int.TryParse(line.AsSpan(name.Length, equals - name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number, line[(equals + 1)..].Trim())
            : null;
    }
}
