using Weir.Core.Invariants;

namespace Weir.Core.Leases;

/// <summary>Decides what silence does to a lease, and ends it for good.</summary>
public static class Fencing
{
    /// <summary>
    /// Writes what a replica saw. As SQL: <c>UPDATE leases SET quiet=greatest(quiet, q), … WHERE incarnation=i AND sequence=n</c>:
    /// a renewal in between wins, and a fence wins over every later renewal. Commands that stay unread are no silence: beats in between,
    /// however many, do not undo them, <c>… OR mark_read&lt;m</c>.
    /// </summary>
    /// <returns>False when the sequence has changed meanwhile and no mark is unread: nothing is written.</returns>
    public static bool TryWrite(LeaseRow row, in QuietMark mark, out LeaseRow written)
    {
        written = row;
        var isSilent = row.Sequence == mark.Sequence;
        var isUnread = mark.CommandsUnread && row.MarkRead < mark.UnreadMark;
        if (row.Incarnation != mark.Incarnation || !(isSilent || isUnread))
            return false;

        written = row with
        {
            Quiet = isSilent && mark.Quiet > row.Quiet ? mark.Quiet : row.Quiet,
            State = isSilent && mark.Fence ? LeaseState.Fenced : row.State,
            CommandsUnread = row.CommandsUnread || isUnread,
        };
        Invariant.Holds(written.Quiet >= row.Quiet, "quiet-grows", $"the quiet of {row.Incarnation} would shrink from {row.Quiet} to {written.Quiet}");
        Invariant.Holds(row.State != LeaseState.Fenced || written.State == LeaseState.Fenced, "S9", $"fenced {row.Incarnation} would live again");
        return true;
    }

    /// <summary>A later registration of the same worker ends this life; its quiet goes on being counted.</summary>
    public static LeaseRow Supersede(in LeaseRow row) => row with { State = LeaseState.Fenced };

    /// <summary>The SDK said that no handler of this life runs and none will start: there is nothing left to wait for.</summary>
    public static LeaseRow Stop(in LeaseRow row) => row with { State = LeaseState.Fenced, Stopped = true };
}
