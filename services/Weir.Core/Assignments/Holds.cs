using Weir.Core.Invariants;

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
    public static StreamCommand Put(in AssignmentRow row, StreamHold hold, TimeSpan now, out AssignmentRow held)
    {
        Invariant.Holds(hold != StreamHold.None, "S4", $"{row.Stream} would be held for nothing");
        held = row with { Hold = hold };
        return row.State is AssignmentState.Starting or AssignmentState.Owned ? Releases.Ask(held, now, out held) : default;
    }

    /// <summary>Lets a held stream run again. Its epoch goes on from where it was: also when it had been withdrawn.</summary>
    public static AssignmentRow Lift(in AssignmentRow row) => row with { Hold = StreamHold.None, Failures = 0 };
}
