using Weir.Core.Eras;
using Weir.Core.Invariants;
using Weir.Core.Leases;

namespace Weir.Core.Assignments;

/// <summary>The rule of grants: when another may start a stream. Nothing else in the system gives a stream to anybody.</summary>
public static class Grants
{
    /// <summary>
    /// Whether the owner that <paramref name="row"/> names can no longer act on the stream: it said so (the row is Unowned), or it
    /// is fenced and the sink refuses it, or it has been quiet for a whole lease, or it stopped. No deadline and no operator adds to this.
    /// </summary>
    /// <param name="row">The stream's row.</param>
    /// <param name="owner">The lease of the incarnation the row names; null when the table has none.</param>
    /// <param name="times">The pool's figures.</param>
    public static bool MayGrant(in AssignmentRow row, in LeaseRow? owner, LeaseTimes times)
    {
        if (row.State == AssignmentState.Unowned)
            return true;
        if (owner is not { State: LeaseState.Fenced } fenced)
            return false;

        Invariant.Holds(fenced.Incarnation == row.Incarnation, "S6", $"{row.Stream} of {row.Incarnation} was judged by the lease of {fenced.Incarnation}");
        return row.Class == StreamClass.Fenced || fenced.Stopped || fenced.Quiet >= times.GrantAfter(row.LocalModeFor);
    }

    /// <summary>Decides one placement inside the applying transaction, from rows read there.</summary>
    /// <param name="row">The stream's row, locked.</param>
    /// <param name="owner">The lease of the incarnation it names.</param>
    /// <param name="proposal">What the plan wants.</param>
    /// <param name="target">The target's lease, read without a lock.</param>
    /// <param name="context">Era, figures, drawn epoch and clock of the transaction.</param>
    /// <param name="granted">The row to write when granted, else the row as it was.</param>
    public static GrantOutcome Place(
        in AssignmentRow row, in LeaseRow? owner, in GrantProposal proposal, in LeaseRow? target, in GrantContext context, out AssignmentRow granted)
    {
        granted = row;
        if (!proposal.StillSees(row))
            return GrantOutcome.RowChanged;
        if (row.Hold != StreamHold.None || row.Migrating)
            return GrantOutcome.Held;
        if (!MayGrant(row, owner, context.Times))
            return GrantOutcome.OwnerMayAct;
        if (!EraChange.MayStartElsewhere(context.Era, row.Class, row.LocalModeFor, context.Times))
            return GrantOutcome.EraTooYoung;
        if (target is not { } lease || lease.LivenessUnder(context.Times) != Liveness.Live)
            return GrantOutcome.TargetGone;

        granted = Give(row, lease, context);
        return GrantOutcome.Granted;
    }

    /// <summary>The row once <paramref name="target"/> has the stream at the drawn epoch. The caller has proved that it may.</summary>
    internal static AssignmentRow Give(in AssignmentRow row, in LeaseRow target, in GrantContext context)
    {
        Invariant.Holds(context.Drawn > row.Epoch, "S2", $"{row.Stream} would go from epoch {row.Epoch} to {context.Drawn}");
        Invariant.Holds(target.State == LeaseState.Live, "S6", $"{row.Stream} would be granted to fenced {target.Incarnation}");
        Invariant.Holds(row.Hold == StreamHold.None, "S4", $"{row.Stream} would be granted although it is {row.Hold}");
        return row with
        {
            Epoch = context.Drawn,
            Worker = target.Worker,
            Incarnation = target.Incarnation,
            State = AssignmentState.Starting,
            Migrating = false,
            Asked = 0,
            Deadline = context.Now + Asking.Every,
        };
    }
}
