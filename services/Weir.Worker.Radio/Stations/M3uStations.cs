using System.Text.RegularExpressions;

namespace Weir.Worker.Radio.Stations;

/// <summary>An M3U list: addresses, each with an <c>#EXTINF:-1 group-title="…",Title</c> before it or not.</summary>
internal static partial class M3uStations
{
    internal static IEnumerable<StationLine> Read(string file, string text)
    {
        var (title, group) = (default(string), default(string));
        var lines = text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries);
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at];
            if (line.StartsWith("#EXTINF:", StringComparison.OrdinalIgnoreCase))
                (title, group) = (Title(line), Group().Match(line) is { Success: true } found ? found.Groups["group"].Value : null);
            else if (line.Length > 0 && line[0] != '#')
            {
                var labels = StationLine.Named(title);
                if (!string.IsNullOrEmpty(group))
                    labels["group"] = StationLine.Cut(group);
                yield return new StationLine(at + 1, Id: null, line, title, labels);
                (title, group) = (null, null);
            }
        }
    }

    // After the first comma that stands in no quotation marks.
    private static string? Title(string line)
    {
        var quoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            quoted ^= line[at] == '"';
            if (line[at] == ',' && !quoted)
                return line[(at + 1)..].Trim();
        }
        return null;
    }

    [GeneratedRegex("group-title=\"(?<group>[^\"]*)\"", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Group();
}
