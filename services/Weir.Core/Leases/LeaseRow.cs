using Weir.Core.Identity;

namespace Weir.Core.Leases;

/// <summary>The lease of one incarnation: one row, written by Registry alone.</summary>
/// <param name="Worker">Whose life it is.</param>
/// <param name="Incarnation">The row's key.</param>
/// <param name="Process">The worker process that registered it.</param>
public readonly record struct LeaseRow(WorkerId Worker, Incarnation Incarnation, string Process)
{
    /// <summary>The highest beat that counted; 0 at registration. Only grows.</summary>
    public long Sequence { get; init; }

    /// <summary>The longest silence any replica has seen since <see cref="Sequence"/> changed.</summary>
    public TimeSpan Quiet { get; init; }

    /// <summary>Live until fenced.</summary>
    public LeaseState State { get; init; }

    /// <summary>The SDK said that no handler runs any more and none will: nothing has to be waited for.</summary>
    public bool Stopped { get; init; }

    /// <summary>
    /// The earlier process that this one vouches for, because it holds the lock of the local file that names it;
    /// empty when there is none. A process always vouches for its own earlier incarnations.
    /// </summary>
    public string? Predecessor { get; init; }

    /// <summary>The latest mark put into the command queue: the sequence of the renewal it went out with.</summary>
    public long MarkSent { get; init; }

    /// <summary>The latest mark the worker said it had read.</summary>
    public long MarkRead { get; init; }

    /// <summary>A mark stayed unread for too long: beats no longer renew.</summary>
    public bool CommandsUnread { get; init; }

    /// <summary>The digest of the streams the worker said it runs, of its latest renewing beat.</summary>
    public ulong Digest { get; init; }

    /// <summary>How many handlers did not end in time, of its latest renewing beat.</summary>
    public int Stuck { get; init; }

    /// <summary>The era in which this incarnation last listed its holdings.</summary>
    public Era ListedIn { get; init; }

    /// <summary>What the control plane thinks of the incarnation.</summary>
    public Liveness LivenessUnder(LeaseTimes times) =>
        State == LeaseState.Fenced ? Liveness.Lost : Quiet >= times.Suspect ? Liveness.Suspect : Liveness.Live;
}
