using Weir.Core.Invariants;
using Weir.Core.Leases;

namespace Weir.Core.Assignments;

/// <summary>Pause and resume, withdraw and declare again, and the end of a quarantine.</summary>
public static class Holds
{
    /// <summary>Keeps a stream from having an owner, and takes it from the one it has.</summary>
    /// <param name="row">The row, locked.</param>
    /// <param name="hold">Paused or Withdrawn (or Quarantined by an operator).</param>
    /// <param name="now">The database's clock.</param>
    /// <param name="held">The row to write.</param>
    /// <returns>What to send.</returns>
    public static StreamCommand Put(AssignmentRow row, StreamHold hold, TimeSpan now, out AssignmentRow held)
    {
        Invariant.Holds(hold != StreamHold.None, "S4", $"{row.Stream} would be held for nothing");
        held = row with { Hold = hold };
        return row.State is AssignmentState.Starting or AssignmentState.Owned ? Releases.Ask(held, now, out held) : default;
    }

    /// <summary>
    /// Takes the owner out of a held row, once that owner can no longer act: nobody places a held stream, so no grant would settle it.
    /// </summary>
    /// <param name="row">The row, locked.</param>
    /// <param name="owner">The lease of the incarnation it names; null when the table has none.</param>
    /// <param name="times">The pool's figures.</param>
    /// <param name="freed">The row to write when true, else the row as it was.</param>
    public static bool TryFree(in AssignmentRow row, in LeaseRow? owner, LeaseTimes times, out AssignmentRow freed)
    {
        freed = row;
        if (row.Hold == StreamHold.None || row.Migrating || row.State == AssignmentState.Unowned || !Grants.MayGrant(row, owner, times)) return false;
        freed = Answers.Unown(row, UnownedReason.NotHeld);
        return true;
    }

    /// <summary>Ends a quarantine, and nothing else: a stream that is paused or withdrawn stays so.</summary>
    /// <param name="row">The row, locked.</param>
    /// <param name="lifted">The row to write when true, else the row as it was.</param>
    public static bool TryEndQuarantine(in AssignmentRow row, out AssignmentRow lifted)
    {
        lifted = row.Hold == StreamHold.Quarantined ? Lift(row) : row;
        return row.Hold == StreamHold.Quarantined;
    }

    /// <summary>Lets a held stream run again. Its epoch goes on from where it was: also when it had been withdrawn.</summary>
    public static AssignmentRow Lift(in AssignmentRow row) => row with { Hold = StreamHold.None, Failures = 0 };
}
