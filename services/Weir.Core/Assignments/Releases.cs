using Weir.Core.Invariants;

namespace Weir.Core.Assignments;

/// <summary>Takes a stream back from its owner. The epoch stays: the owner's gate rises to it.</summary>
public static class Releases
{
    /// <summary>Asks the owner to stop.</summary>
    /// <param name="row">The row, locked; Starting or Owned.</param>
    /// <param name="now">The database's clock.</param>
    /// <param name="asked">The row to write.</param>
    /// <returns>What to send.</returns>
    public static StreamCommand Ask(in AssignmentRow row, TimeSpan now, out AssignmentRow asked)
    {
        Invariant.Holds(row.State is AssignmentState.Starting or AssignmentState.Owned, "S4", $"{row.Stream} is {row.State} and cannot be released");
        asked = row with { State = AssignmentState.Releasing, Migrating = false, Asked = 0, Deadline = now + Asking.Every };
        return StreamCommand.Release(asked);
    }
}
