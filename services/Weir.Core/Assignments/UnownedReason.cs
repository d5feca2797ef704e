namespace Weir.Core.Assignments;

/// <summary>Why an unowned stream has no owner.</summary>
public enum UnownedReason
{
    /// <summary>It never had one, or was declared again.</summary>
    Declared,

    /// <summary>Its owner released it when asked.</summary>
    Released,

    /// <summary>The worker would not start it.</summary>
    Refused,

    /// <summary>Its handler ended by itself.</summary>
    Failed,

    /// <summary>A move ended before the new owner had it.</summary>
    RolledBack,

    /// <summary>Its owner was lost, or registered again without it, while it is not to run.</summary>
    NotHeld,
}
