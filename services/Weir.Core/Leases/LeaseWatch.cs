using Weir.Core.Identity;
using Weir.Core.Invariants;

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

    /// <summary>Since when <see cref="UnreadMark"/> has been unread; null when no mark is.</summary>
    public TimeSpan? UnreadSince { get; init; }

    /// <summary>The mark that is waited for: it is kept until it is read, however many are sent after it. 0 when none is.</summary>
    public long UnreadMark { get; init; }

    /// <summary>
    /// It fell silent together with many, or with all when the way of the beats was away. It keeps the longer wait until it beats
    /// again: the last of a cut to come back must not be fenced because the others came first.
    /// </summary>
    public bool WithMany { get; init; }

    /// <summary>A watch that begins now, for a row seen first.</summary>
    public static LeaseWatch Begin(in LeaseRow row, TimeSpan now) => new(row.Incarnation, row.Sequence, now);

    /// <summary>
    /// The same watch from now on: what this replica saw of it counts no more. Only who fell silent with many still has the longer wait,
    /// and everybody has while the way of the beats is away for long.
    /// </summary>
    /// <param name="asked">The replica's clock when it asked for the rows.</param>
    /// <param name="answered">The same when it had them: a database that takes long to answer says nothing about the way of the beats.</param>
    /// <param name="canary">Its canary as of <paramref name="asked"/>.</param>
    /// <param name="times">The pool's figures.</param>
    public LeaseWatch Anew(TimeSpan asked, TimeSpan answered, in Canary canary, LeaseTimes times) =>
        new(Incarnation, Sequence, answered) { WithMany = WithMany || canary.IsLongAway(asked, times) };

    /// <summary>
    /// Both queues of the process are gone, and no beat came since: the last one may be seen up to two looks after they went. A later one
    /// proves that the process lives, also when the news of its new queues never came.
    /// </summary>
    public bool AreQueuesGone(LeaseTimes times) => GoneSince is { } gone && Since <= gone + 2 * times.Look;

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
        Invariant.Holds(row.Incarnation == Incarnation, "watch", $"the watch of {Incarnation} looked at {row.Incarnation}");
        Invariant.Holds(context.Asked <= context.Answered, "clock", $"a look was answered at {context.Answered}, before it was asked at {context.Asked}");
        // Reading is judged by the time a mark lies unread, beats or no beats: a beat is a sign of life, and none of reading.
        var isBeating = row.Sequence != Sequence;
        var next = (isBeating ? Begin(row, context.Answered) : this).Read(this, row, context.Answered);
        var quiet = isBeating ? TimeSpan.Zero : QuietAt(context.Asked);
        next = next with { WithMany = next.WithMany || (!isBeating && context.Fleet.IsMass && quiet >= FleetSilence.CountsFrom(context.Times)) };
        var fences = !isBeating && row.State == LeaseState.Live && (next.IsSilentForGood(context) || next.IsProcessGone(context));
        var unread = row is { State: LeaseState.Live, CommandsUnread: false } && next.UnreadSince is { } since && context.Asked - since >= context.Times.MarkUnreadFor;
        if (!fences && !unread && (isBeating || !IsWriteDue(row, quiet, context.Times, localModeLongest)))
            return next;

        mark = new QuietMark(row.Incarnation, row.Sequence, quiet, fences, unread) { UnreadMark = unread ? next.UnreadMark : 0 };
        return next with { Written = quiet };
    }

    /// <summary>The broker said that both queues of the process are gone.</summary>
    public LeaseWatch QueuesGone(TimeSpan now) => this with { GoneSince = GoneSince ?? now };

    /// <summary>A queue of the process was declared again.</summary>
    public LeaseWatch QueuesBack() => this with { GoneSince = null };

    private bool IsSilentForGood(in LookContext context) =>
        WithMany ? QuietAt(context.Asked) >= context.Times.MassFenceAfter
        : QuietAt(context.Asked) >= context.Times.FenceAfter && !context.Fleet.MayBeMass(this);

    // Gone for long enough, no beat since, and the broker itself is well: a canary sent after the queues went has come back. A broker
    // node that dies takes many queues at once: the share of the silent holds then.
    private bool IsProcessGone(in LookContext context) =>
        GoneSince is { } gone
        && AreQueuesGone(context.Times)
        && QuietAt(context.Asked) >= LeaseTimes.QueuesGoneFor
        && context.Asked - gone >= LeaseTimes.QueuesGoneFor
        && context.CanaryBack >= gone
        && !WithMany
        && !context.Fleet.IsMass;

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

    // A worker that reads on, if behind the newest mark, has read the one that was waited for: the wait begins anew with the newest.
    private LeaseWatch Read(in LeaseWatch before, in LeaseRow row, TimeSpan now) =>
        row.MarkRead >= row.MarkSent ? this with { UnreadSince = null, UnreadMark = 0 }
        : before.UnreadSince is { } since && row.MarkRead < before.UnreadMark ? this with { UnreadSince = since, UnreadMark = before.UnreadMark }
        : this with { UnreadSince = now, UnreadMark = row.MarkSent };
}
