namespace Weir.Core.Leases;

/// <summary>What became of a beat.</summary>
public enum RenewOutcome
{
    /// <summary>It counted: acknowledge it once the row is committed.</summary>
    Renewed,

    /// <summary>A later beat has counted already: say nothing.</summary>
    Stale,

    /// <summary>The incarnation is fenced: the worker is refused and registers anew.</summary>
    Fenced,

    /// <summary>Another process has taken the worker's name: this one is told and exits.</summary>
    Superseded,

    /// <summary>The worker does not read its commands: it is refused, rebuilds its bus and registers anew.</summary>
    CommandsUnread,

    /// <summary>The database does not know the incarnation: the worker is asked to register again.</summary>
    Unknown,
}
