using Weir.Core.Identity;

namespace Weir.Persistence.Rows;

/// <summary>Table <c>owners</c>, written by Diagnostics alone: who has had a stream, one row a grant, from the facts. History for people; nothing is decided by it.</summary>
public sealed class StoredOwner
{
    /// <summary>First half of the key.</summary>
    public StreamId Stream { get; init; }

    /// <summary>The epoch of the grant; second half of the key.</summary>
    public Epoch Epoch { get; init; }

    /// <summary>The stream's pool.</summary>
    public required string Pool { get; init; }

    /// <summary>The pool's version when it was granted; of a placement the plan's own. 0 until the grant was heard.</summary>
    public long Version { get; init; }

    /// <summary>Who got it.</summary>
    public WorkerId Worker { get; init; }

    /// <summary>The life that got it; 0 until the grant was heard.</summary>
    public Incarnation Incarnation { get; init; }

    /// <summary>Who had it before; null when nobody did.</summary>
    public WorkerId? FromWorker { get; init; }

    /// <summary>When it was granted, UTC on the teller's clock; null until that was heard.</summary>
    public DateTime? AssignedAt { get; init; }

    /// <summary>When it was said to run.</summary>
    public DateTime? RunningAt { get; init; }

    /// <summary>When it had no owner any more; null while it has, and when another took over at once.</summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>Why, as the fact says it; at most 64 characters.</summary>
    public string? EndReason { get; init; }

    /// <summary>When the row was last told of.</summary>
    public DateTime ToldAt { get; init; }
}
