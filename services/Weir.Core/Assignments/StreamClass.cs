namespace Weir.Core.Assignments;

/// <summary>Whether what a stream writes to can tell an old owner from a new one.</summary>
public enum StreamClass
{
    /// <summary>It cannot: a failover waits the lease out. The default.</summary>
    Unfenced,

    /// <summary>It checks epochs: a failover need not wait, for the old owner's writes are refused.</summary>
    Fenced,
}
