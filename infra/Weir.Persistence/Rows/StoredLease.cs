using Weir.Core.Identity;
using Weir.Core.Leases;

namespace Weir.Persistence.Rows;

/// <summary>
/// Table <c>leases</c>, written by Registry alone: one row an incarnation. A renewal that changes nothing but its counters leaves
/// <see cref="Changed"/> as it was, so that a quiet fleet's beats cost the planners nothing.
/// </summary>
public sealed class StoredLease : IMarkedRow
{
    /// <summary>The key; never used again.</summary>
    public Incarnation Incarnation { get; init; }

    /// <summary>Whose life it is.</summary>
    public WorkerId Worker { get; init; }

    /// <summary>The process that registered it, 1 to 64 characters.</summary>
    public required string Process { get; init; }

    /// <summary>The highest beat that counted; 0 at registration. Only grows.</summary>
    public long Sequence { get; set; }

    /// <summary>The longest silence any replica has seen since then, in whole milliseconds.</summary>
    public TimeSpan Quiet { get; set; }

    /// <summary>Live until fenced.</summary>
    public LeaseState State { get; set; }

    /// <summary>The worker said that no handler runs any more.</summary>
    public bool Stopped { get; set; }

    /// <summary>When it was fenced or stopped, whichever came first; UTC on the database's clock, null while it is Live.</summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>The earlier process this one vouches for; null when there is none.</summary>
    public string? Predecessor { get; init; }

    /// <summary>The latest mark put into the command queue.</summary>
    public long MarkSent { get; set; }

    /// <summary>The latest mark the worker said it had read.</summary>
    public long MarkRead { get; set; }

    /// <summary>A mark stayed unread for too long: beats no longer renew.</summary>
    public bool CommandsUnread { get; set; }

    /// <summary>The digest of what it runs; all 64 bits, kept as a signed number.</summary>
    public ulong Digest { get; set; }

    /// <summary>How many handlers did not end in time.</summary>
    public int Stuck { get; set; }

    /// <summary>How many handlers it said it runs.</summary>
    public int Running { get; set; }

    /// <summary>The process's share of the cores it may use, 0 to 1; null when it does not say.</summary>
    public double? CpuShare { get; set; }

    /// <summary>The process's resident memory in bytes; null when it does not say.</summary>
    public long? MemoryBytes { get; set; }

    /// <summary>The era in which it last listed its holdings.</summary>
    public Epoch ListedIn { get; set; }

    /// <inheritdoc/>
    public ulong Changed { get; init; }

    /// <summary>The row as the core decides on it.</summary>
    public LeaseRow ToRow() => new(Worker, Incarnation, Process)
    {
        Sequence = Sequence,
        Quiet = Quiet,
        State = State,
        Stopped = Stopped,
        Predecessor = Predecessor,
        MarkSent = MarkSent,
        MarkRead = MarkRead,
        CommandsUnread = CommandsUnread,
        Digest = Digest,
        Stuck = Stuck,
        ListedIn = ListedIn,
    };

    /// <summary>The row to insert for a lease the core gave.</summary>
    public static StoredLease From(in LeaseRow row) => new()
    {
        Incarnation = row.Incarnation,
        Worker = row.Worker,
        Process = row.Process,
        Sequence = row.Sequence,
        Quiet = row.Quiet,
        State = row.State,
        Stopped = row.Stopped,
        Predecessor = row.Predecessor,
        MarkSent = row.MarkSent,
        MarkRead = row.MarkRead,
        CommandsUnread = row.CommandsUnread,
        Digest = row.Digest,
        Stuck = row.Stuck,
        ListedIn = row.ListedIn,
    };
}
