using Weir.Core.Identity;

namespace Weir.Core.Leases;

/// <summary>
/// How long one replica has seen one incarnation's sequence unchanged, on the replica's own monotonic clock. Two replicas never
/// compare clocks: each writes only what it saw itself. No wall clock decides a lease.
/// </summary>
/// <param name="Incarnation">The life watched.</param>
/// <param name="Sequence">The sequence seen last.</param>
/// <param name="Since">When this replica first saw that sequence.</param>
public readonly record struct LeaseWatch(Incarnation Incarnation, long Sequence, TimeSpan Since)
{
    /// <summary>The quiet this replica has written already for the sequence.</summary>
    public TimeSpan Written { get; init; }

    /// <summary>When the broker said that both queues of the process are gone; null while they are there.</summary>
    public TimeSpan? GoneSince { get; init; }

    /// <summary>Since when a sent mark has been unread; null when none is.</summary>
    public TimeSpan? UnreadSince { get; init; }

    /// <summary>A watch that begins now: for a row seen first, and for all rows after a gap in this replica's own looking.</summary>
    public static LeaseWatch Begin(in LeaseRow row, TimeSpan now) => new(row.Incarnation, row.Sequence, now);

    /// <summary>The silence seen so far.</summary>
    public TimeSpan QuietAt(TimeSpan now) => now - Since;

    /// <summary>
    /// One look at the row. Returns the watch to keep, and says what to write, if anything: at suspect, when it fences, then once
    /// a second until the longest wait that anybody may ask for is over.
    /// </summary>
    /// <param name="row">The row as it is now.</param>
    /// <param name="context">Clock and fleet at this look. The caller looks only while its canary is good.</param>
    /// <param name="localModeLongest">The longest <c>LocalModeFor</c> granted to this incarnation.</param>
    /// <param name="mark">What to write, or null.</param>
    public LeaseWatch Look(in LeaseRow row, in LookContext context, TimeSpan localModeLongest, out QuietMark? mark)
    {
        mark = null;
        if (row.Sequence != Sequence)
            return Begin(row, context.Answered) with { UnreadSince = UnreadAfter(row, context.Answered) };

        var quiet = QuietAt(context.Asked);
        var next = this with { UnreadSince = UnreadAfter(row, context.Answered) };
        var fences = row.State == LeaseState.Live && (quiet >= context.FenceAfter || IsProcessGone(context));
        var unread = !row.CommandsUnread && next.UnreadSince is { } since && context.Asked - since >= context.Times.MarkUnreadFor;
        if (!fences && !unread && !IsWriteDue(row, quiet, context.Times, localModeLongest))
            return next;

        mark = new QuietMark(row.Incarnation, row.Sequence, quiet, fences, unread);
        return next with { Written = quiet };
    }

    /// <summary>The broker said that both queues of the process are gone.</summary>
    public LeaseWatch QueuesGone(TimeSpan now) => this with { GoneSince = GoneSince ?? now };

    /// <summary>A queue of the process was declared again.</summary>
    public LeaseWatch QueuesBack() => this with { GoneSince = null };

    // Gone for long enough, no beat since (the sequence is unchanged since before), and the broker itself is well: a canary
    // that was sent after the queues went has come back. A broker node that dies takes many queues at once: the share of the
    // silent fleet holds then.
    private bool IsProcessGone(in LookContext context) =>
        GoneSince is { } gone
        && gone >= Since
        && context.Asked - gone >= LeaseTimes.QueuesGoneFor
        && context.CanaryBack >= gone
        && !context.MassSilence;

    private bool IsWriteDue(in LeaseRow row, TimeSpan quiet, LeaseTimes times, TimeSpan localModeLongest)
    {
        var last = row.Quiet > Written ? row.Quiet : Written;
        var longest = times.GrantAfter(localModeLongest);
        if (row.Stopped || last >= longest || quiet <= last)
            return false;
        if (quiet >= times.Suspect && last < times.Suspect)
            return true;
        if (quiet < times.FenceAfter && row.State == LeaseState.Live)
            return false;

        return quiet - last >= LeaseTimes.QuietEvery || quiet >= longest || (quiet >= times.Ttl && last < times.Ttl);
    }

    private TimeSpan? UnreadAfter(in LeaseRow row, TimeSpan now) => row.MarkRead >= row.MarkSent ? null : UnreadSince ?? now;
}
