namespace Weir.Core.Consistency;

/// <summary>How what a worker runs differs from what the table grants it.</summary>
public enum FindingKind
{
    /// <summary>Nothing differs.</summary>
    None,

    /// <summary>The table says that it runs there, and it does not.</summary>
    NotRunning,

    /// <summary>It runs there, and the table grants it to another, or to nobody.</summary>
    NotGranted,

    /// <summary>It runs there under an older epoch than the table grants it.</summary>
    OlderEpoch,

    /// <summary>It runs there under an epoch that the table has never seen: the database lost history.</summary>
    LostHistory,
}
