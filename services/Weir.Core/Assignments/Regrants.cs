using Weir.Core.Consistency;
using Weir.Core.Eras;
using Weir.Core.Invariants;
using Weir.Core.Leases;

namespace Weir.Core.Assignments;

/// <summary>
/// What becomes of the streams of a worker that registered again: kept at a new epoch, or started there again. None of it needs a
/// planner, so that a fleet that lapsed comes back without moves.
/// </summary>
public static class Regrants
{
    /// <summary>Whether the row belongs to an earlier life of a worker that lives.</summary>
    public static bool Concerns(in AssignmentRow row, in LeaseRow newest) =>
        row.State != AssignmentState.Unowned
        && row.Worker == newest.Worker
        && row.Incarnation < newest.Incarnation
        && newest.State == LeaseState.Live;

    /// <summary>
    /// Whether the row is as good as regranted: only the era can put it off, and that puts off a plan's grant as well. A stream that is
    /// to be placed must not be taken from a worker that runs it, because its registration came between a look and the plan made after it.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="owner">The lease of the incarnation it names.</param>
    /// <param name="newest">The worker's newest lease.</param>
    public static bool IsGivenBack(in AssignmentRow row, in LeaseRow? owner, in LeaseRow newest) =>
        Concerns(row, newest) && owner is { } old && (old.Process == newest.Process || newest.Predecessor == old.Process);

    /// <summary>Decides one row, before any plan is made, with the row check.</summary>
    /// <param name="row">The row, locked.</param>
    /// <param name="owner">The lease of the incarnation it names.</param>
    /// <param name="newest">The worker's newest lease.</param>
    /// <param name="holding">What the newest registration said of the stream; null when it did not list it.</param>
    /// <param name="context">Era, figures, drawn epoch and clock.</param>
    /// <param name="regranted">The row to write.</param>
    /// <returns>What to send; nothing when the row must wait for the rule of grants.</returns>
    public static StreamCommand Decide(
        AssignmentRow row, in LeaseRow? owner, in LeaseRow newest, Holding? holding, in GrantContext context, out AssignmentRow regranted)
    {
        regranted = row;
        if (!Concerns(row, newest) || !MayRegrant(row, owner, newest, holding, context))
            return default;

        Invariant.Holds(holding is not { } seen || seen.Epoch < context.Drawn, "S2", $"{row.Stream} would be kept at {context.Drawn}, below what its handler has");
        if (row.Hold == StreamHold.None)
        {
            regranted = Grants.Give(row, newest, context);
            return StreamCommand.Start(regranted);
        }
        if (holding is null)
        {
            regranted = Answers.Unown(row, UnownedReason.NotHeld);
            return default;
        }

        var kept = Grants.Give(row with { Hold = StreamHold.None }, newest, context) with { Hold = row.Hold };
        return Releases.Ask(kept, context.Now, out regranted);
    }

    // Only the same process, or the one that holds the lock of the file that names the earlier process, knows what became of its
    // handlers. In a young era a handler that is stopping, or gone, may have been given to somebody the database forgot.
    private static bool MayRegrant(in AssignmentRow row, in LeaseRow? owner, in LeaseRow newest, Holding? holding, in GrantContext context)
    {
        Invariant.Holds(owner is not { } old || old.Incarnation == row.Incarnation, "S6", $"{row.Stream} of {row.Incarnation} was judged by another's lease");
        var sameProcess = owner is { } lease && lease.Process == newest.Process;
        var settled = EraChange.MayStartElsewhere(context.Era, row.Class, row.LocalModeFor, context.Times);
        if (holding is { } held)
            return (sameProcess || held.Epoch > row.Epoch) && (settled || !held.Stopping);

        var vouched = sameProcess || owner is { } before && newest.Predecessor == before.Process;
        return vouched && settled;
    }
}
