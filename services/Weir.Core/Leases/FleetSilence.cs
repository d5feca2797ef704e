using Weir.Core.Invariants;

namespace Weir.Core.Leases;

/// <summary>
/// How many of a fleet are silent at one look, and whether they are so many that the cause is more likely between us than in them. A
/// worker is silent when its beat is overdue, or when its queues are gone. While the next beat of others is about due nobody can tell
/// them from workers that were cut off a moment ago: the decision then waits until they have beaten, or are overdue (ADR 0011).
/// </summary>
/// <param name="asked">The replica's clock when it asked for the rows.</param>
public sealed class FleetSilence(TimeSpan asked)
{
    /// <summary>The least number of silent workers that can be a mass.</summary>
    public const int SilentMin = 3;

    private readonly List<TimeSpan> _due = [];

    /// <summary>How many are Live, the silent ones included.</summary>
    public int Live { get; private set; }

    /// <summary>How many of them are silent.</summary>
    public int Silent { get; private set; }

    /// <summary>True when at least 3 and at least 30 % of the Live incarnations of the broker are silent.</summary>
    public bool IsMass => Makes(Silent);

    /// <summary>
    /// The silence from which a worker may have been cut off together with one that has just come to <c>FenceAfter</c>: less one period
    /// and a tenth, for phases are spread over a period, and clocks differ.
    /// </summary>
    public static TimeSpan CountsFrom(LeaseTimes times) => times.FenceAfter - 1.1 * times.Beat;

    /// <summary>The silence from which a beat is overdue: a quarter of a period late, but not before <see cref="CountsFrom"/>.</summary>
    public static TimeSpan OverdueFrom(LeaseTimes times) => TimeSpan.FromTicks(Math.Max(CountsFrom(times).Ticks, (1.25 * times.Beat).Ticks));

    /// <summary>Takes one row in.</summary>
    /// <param name="row">The row as it is now.</param>
    /// <param name="watch">What the replica saw of it before; null when it sees it first.</param>
    /// <param name="times">The figures of its pool.</param>
    public void Add(in LeaseRow row, in LeaseWatch? watch, LeaseTimes times)
    {
        if (row.State != LeaseState.Live)
            return;
        Live++;
        if (watch is not { } seen || seen.Sequence != row.Sequence)
            return;
        Invariant.Holds(seen.Incarnation == row.Incarnation, "fleet", $"the watch of {seen.Incarnation} counted for {row.Incarnation}");
        if (seen.QuietAt(asked) >= OverdueFrom(times) || seen.AreQueuesGone(times))
            Silent++;
        else
            _due.Add(seen.Since - 1.1 * times.Beat);
    }

    /// <summary>Whether it is not known yet if this worker fell silent alone: with those whose beat is not overdue, but who may have been cut off with it, it would be a mass.</summary>
    /// <param name="watch">Of a worker that is silent.</param>
    public bool MayBeMass(in LeaseWatch watch)
    {
        if (!Makes(Silent + _due.Count))
            return false;
        var together = Silent;
        foreach (var since in _due)
        {
            if (since <= watch.Since)
                together++;
        }

        return Makes(together);
    }

    private bool Makes(int silent) => silent >= SilentMin && silent * 10L >= Live * 3L;
}
