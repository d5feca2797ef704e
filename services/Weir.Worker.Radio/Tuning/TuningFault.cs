namespace Weir.Worker.Radio.Tuning;

/// <summary>Why a station could not be listened to, or not any longer.</summary>
internal enum TuningFault
{
    /// <summary>No connection, or no answer that is HTTP.</summary>
    Unreachable,

    /// <summary>An answer other than success, such as 404 while the source is away.</summary>
    Refused,

    /// <summary>An address that is not asked: another scheme, or credentials in it.</summary>
    Address,

    /// <summary>An address that is not public, where those are not allowed.</summary>
    PrivateAddress,

    /// <summary>Redirects or playlists that lead in a circle or never to an end.</summary>
    Loop,

    /// <summary>A playlist that is empty, endless, or of a kind that is not followed.</summary>
    Playlist,

    /// <summary>Something else than sound.</summary>
    NotAudio,

    /// <summary>No sound in time.</summary>
    TooLate,

    /// <summary>The station ended the connection.</summary>
    Ended,

    /// <summary>Nothing, or next to nothing, came for too long.</summary>
    Stalled,
}
