namespace Weir.Core.Assignments;

/// <summary>Why a stream is to have no owner, whatever the fleet has room for.</summary>
public enum StreamHold
{
    /// <summary>It is to run.</summary>
    None,

    /// <summary>An operator paused it.</summary>
    Paused,

    /// <summary>It crashed three owners in ten minutes.</summary>
    Quarantined,

    /// <summary>It was withdrawn; its row stays, for its epoch must not be used again.</summary>
    Withdrawn,
}
