namespace Weir.Worker.Radio.Tuning;

/// <summary>What a Content-Type says, which for stations is not always so.</summary>
internal static class ContentTypes
{
    private static readonly HashSet<string> Playlists = new(StringComparer.OrdinalIgnoreCase)
    {
        "audio/x-mpegurl", "audio/mpegurl", "application/x-mpegurl", "application/mpegurl", "application/vnd.apple.mpegurl", "audio/x-scpls", "audio/scpls",
        "application/pls", "application/pls+xml", "application/x-scpls",
    };

    private static readonly HashSet<string> Unsaid = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "application/octet-stream", "binary/octet-stream", "text/plain", "unknown/unknown",
    };

    private static readonly HashSet<string> Sounds = new(StringComparer.OrdinalIgnoreCase) { "application/ogg", "video/ogg", "video/nsv", "application/aac" };

    internal static ContentKind Of(string? type)
    {
        var name = (type ?? "").Split(';')[0].Trim();
        if (Playlists.Contains(name))
            return ContentKind.Playlist;
        if (Unsaid.Contains(name))
            return ContentKind.Unknown;
        return name.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || Sounds.Contains(name) ? ContentKind.Audio : ContentKind.Other;
    }
}
