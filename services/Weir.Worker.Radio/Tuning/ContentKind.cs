namespace Weir.Worker.Radio.Tuning;

/// <summary>What an answer is, as far as its header or its first bytes tell.</summary>
internal enum ContentKind
{
    /// <summary>They do not tell.</summary>
    Unknown,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>A playlist.</summary>
    Playlist,

    /// <summary>Something that is neither: a page, an archive, a picture.</summary>
    Other,
}
