namespace Weir.Core.Leases;

/// <summary>What the control plane thinks of a worker.</summary>
public enum Liveness
{
    /// <summary>It beats in time.</summary>
    Live,

    /// <summary>It has been silent for a while: it keeps what it has and gets nothing new.</summary>
    Suspect,

    /// <summary>Its incarnation is fenced.</summary>
    Lost,
}
