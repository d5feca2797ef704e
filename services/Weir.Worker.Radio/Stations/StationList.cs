using System.Text;
using Weir.Core.Identity;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Stations;

/// <summary>
/// Reads a list of stations from a file: M3U (<c>.m3u</c>, <c>.m3u8</c>), PLS (<c>.pls</c>), CSV (<c>.csv</c> with a heading that has
/// <c>id</c> and <c>url</c>; any other column is a label) or JSON (<c>.json</c>: <c>[{"id":…,"url":…,"labels":{…}}]</c>).
/// M3U and PLS hold no ids: they are made of the titles, the same at each reading of the same file.
/// </summary>
public static class StationList
{
    private const int StationsMost = 100_000;
    private const int LabelsMost = 16;
    private const int LabelLengthMax = 64;
    private const long BytesMost = 64L * 1024 * 1024;

    /// <param name="file">The list, at most 64 MB and 100,000 stations.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>At least one station, in the order of the file, no id twice.</returns>
    /// <exception cref="StationListException">The file is not there, of no known kind, or something in it is wrong.</exception>
    public static async Task<IReadOnlyList<Station>> ReadAsync(string file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        Func<string, string, IEnumerable<StationLine>> read = Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".M3U" or ".M3U8" => M3uStations.Read,
            ".PLS" => PlsStations.Read,
            ".CSV" => CsvStations.Read,
            ".JSON" => JsonStations.Read,
            _ => throw new StationListException(file, line: null, "its name ends in none of .m3u, .m3u8, .pls, .csv and .json"),
        };
        var stations = Checked(file, read(file, await TextAsync(file, cancel)));
        return stations.Count > 0 ? stations : throw new StationListException(file, line: null, $"it names no station; give {Right(file)}");
    }

    private static string Right(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".PLS" => "lines such as File1=http://radio.example/live under [playlist]",
        ".CSV" => "a heading such as id,url,country, and a line for each station",
        ".JSON" => JsonStations.Right,
        _ => "lines such as http://radio.example/live",
    };

    private static async Task<string> TextAsync(string file, CancellationToken cancel)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: > BytesMost }
                ? throw new StationListException(file, line: null, $"it is longer than {BytesMost / 1024 / 1024} MB")
                : await File.ReadAllTextAsync(file, Encoding.UTF8, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StationListException(file, line: null, $"it cannot be read: {e.Message}", e);
        }
    }

    private static List<Station> Checked(string file, IEnumerable<StationLine> lines)
    {
        var (stations, known) = (new List<Station>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var line in lines)
        {
            if (stations.Count == StationsMost)
                throw new StationListException(file, line.Number, $"a list has at most {StationsMost} stations");
            if (!StationAddress.TryRead(line.Url, out var address, out var fault))
                throw new StationListException(file, line.Number, fault);
            if (Fault(line.Labels) is { } wrong)
                throw new StationListException(file, line.Number, wrong);
            var id = line.Id ?? StationIds.Of(line.Title, address, known.ContainsKey);
            if (!StreamId.TryParse(id, out _))
                throw new StationListException(file, line.Number, $"'{Quote.Of(id)}' is no id: 1 to 128 letters, digits and . _ : -, a letter or digit first");
            if (!known.TryAdd(id, line.Number))
                throw new StationListException(file, line.Number, $"'{Quote.Of(id)}' stands in line {known[id]} already: each station needs an id of its own");
            stations.Add(new Station(id, address.OriginalString, line.Labels));
        }
        return stations;
    }

    private static string? Fault(IReadOnlyDictionary<string, string> labels)
    {
        if (labels.Count > LabelsMost)
            return $"a station has at most {LabelsMost} labels, and this one {labels.Count}";
        foreach (var (name, value) in labels)
            if (name.Length is 0 or > LabelLengthMax || value.Length > LabelLengthMax || name.Contains('\0', StringComparison.Ordinal) || value.Contains('\0', StringComparison.Ordinal))
                return $"label '{Quote.Of(name)}' with value '{Quote.Of(value)}' is none: a name of 1 to {LabelLengthMax} characters and a value of at most {LabelLengthMax}";
        return null;
    }
}
