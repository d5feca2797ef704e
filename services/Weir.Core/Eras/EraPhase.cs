namespace Weir.Core.Eras;

/// <summary>What a new era is doing.</summary>
public enum EraPhase
{
    /// <summary>Asking every Live worker what it holds; nothing is granted and nobody is registered.</summary>
    Collecting,

    /// <summary>Granting.</summary>
    Open,
}
