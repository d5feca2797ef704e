namespace Weir.Core.Leases;

/// <summary>What a replica knows at one look, for every row alike.</summary>
/// <param name="Asked">Its own monotonic clock when it asked for the rows: silence is measured up to here.</param>
/// <param name="Answered">The same clock when it had them: silence is measured from here, for the beat may have come while it waited.</param>
/// <param name="Times">The pool's figures.</param>
/// <param name="Fleet">How many others are silent: while they are many, wait longer before fencing.</param>
/// <param name="CanaryBack">When the canary that came back last had been sent.</param>
public readonly record struct LookContext(TimeSpan Asked, TimeSpan Answered, LeaseTimes Times, FleetSilence Fleet, TimeSpan CanaryBack);
