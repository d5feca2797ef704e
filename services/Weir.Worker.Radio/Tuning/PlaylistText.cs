namespace Weir.Worker.Radio.Tuning;

/// <summary>The addresses in the text of an M3U or PLS playlist.</summary>
internal static class PlaylistText
{
    private const int EntriesMost = 10;

    /// <param name="text">The playlist.</param>
    /// <param name="from">Where it came from: M3U entries may be relative to it.</param>
    /// <returns>At most the first ten, in order.</returns>
    /// <exception cref="TuningException">It names nothing, or segments of sound (HLS).</exception>
    internal static IReadOnlyList<Uri> Addresses(string text, Uri from)
    {
        if (text.Contains("#EXT-X-", StringComparison.Ordinal))
            throw new TuningException(TuningFault.Playlist, "it is an HLS playlist: sound in segments is not listened to");
        var lines = text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var isPls = lines.Any(line => line.Equals("[playlist]", StringComparison.OrdinalIgnoreCase));
        var entries = (isPls ? lines.Select(PlsEntry).OfType<string>() : lines.Where(line => line[0] != '#'))
            .Select(entry => Uri.TryCreate(from, entry, out var address) ? address : null).OfType<Uri>().Distinct().Take(EntriesMost).ToList();
        return entries.Count > 0 ? entries : throw new TuningException(TuningFault.Playlist, "the playlist names no address");
    }

    // File1=http://…
    private static string? PlsEntry(string line)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        var isEntry = equals > 4 && line.StartsWith("File", StringComparison.OrdinalIgnoreCase) && line.AsSpan(4, equals - 4).Trim().IndexOfAnyExceptInRange('0', '9') < 0;
        return isEntry ? line[(equals + 1)..].Trim() : null;
    }
}
