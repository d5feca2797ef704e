namespace Weir.Persistence.Settings;

/// <summary>A set of figures that fit together; single ones can be set beside it.</summary>
public enum PoolProfile
{
    /// <summary>A dead worker's streams run elsewhere in seconds. The default.</summary>
    Fast,

    /// <summary>The original system's figures: minutes.</summary>
    Relaxed,
}
