namespace Weir.Core.Assignments;

/// <summary>What became of a proposed grant.</summary>
public enum GrantOutcome
{
    /// <summary>The row names the new owner, and the command goes out with the commit.</summary>
    Granted,

    /// <summary>The row is no longer the one the plan saw: planned again.</summary>
    RowChanged,

    /// <summary>The stream is paused, quarantined or withdrawn, or a migration has it.</summary>
    Held,

    /// <summary>The earlier owner may still act.</summary>
    OwnerMayAct,

    /// <summary>The target is suspect, fenced or gone.</summary>
    TargetGone,

    /// <summary>The database was restored so lately that somebody it does not know may still act.</summary>
    EraTooYoung,
}
