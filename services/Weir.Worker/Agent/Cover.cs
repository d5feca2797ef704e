using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Worker;

namespace Weir.Worker.Agent;

/// <summary>
/// The lease of one life of the worker, which handlers ask before each write without taking the agent's lock. A stream is covered by
/// the life under which it was last granted, so an earlier life's lease is kept as long as a handler refers to it.
/// </summary>
internal sealed class Cover
{
    private readonly TimeProvider _clock;
    private readonly long _origin;
    private LeaseAgent _lease;
    private long _countsFromTicks;

    /// <param name="lease">As it begins.</param>
    /// <param name="times">Its figures.</param>
    /// <param name="clock">Runs through suspend.</param>
    /// <param name="origin">The timestamp that the lease counts from as zero.</param>
    internal Cover(LeaseAgent lease, LeaseTimes times, TimeProvider clock, long origin)
    {
        (_clock, _origin, Times, Incarnation) = (clock, origin, times, lease.Incarnation);
        Lease = lease;
    }

    internal Incarnation Incarnation { get; }

    /// <summary>Changed under the agent's lock alone.</summary>
    internal LeaseTimes Times { get; set; }

    /// <summary>Read and changed under the agent's lock alone.</summary>
    internal LeaseAgent Lease
    {
        get => _lease;
        set
        {
            _lease = value;
            Volatile.Write(ref _countsFromTicks, value.CountsFrom.Ticks);
        }
    }

    /// <summary>How long a stream with this allowance may still be acted on; zero or less when it may not. Asked by any thread.</summary>
    internal TimeSpan Left(TimeSpan localModeFor)
    {
        var countsFrom = TimeSpan.FromTicks(Volatile.Read(ref _countsFromTicks));
        return countsFrom + Times.StopAfter(localModeFor) - _clock.GetElapsedTime(_origin);
    }

    internal bool Covers(TimeSpan localModeFor) => Left(localModeFor) > TimeSpan.Zero;

    internal bool MustExit(TimeSpan localModeFor, TimeSpan now) => _lease.MustExit(localModeFor, now, Times);
}
