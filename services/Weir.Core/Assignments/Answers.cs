using Weir.Core.Invariants;

namespace Weir.Core.Assignments;

/// <summary>Takes a worker's answer into a row that no migration carries. A late, repeated or foreign answer changes nothing.</summary>
public static class Answers
{
    /// <summary>Applies <paramref name="answer"/>. As SQL: <c>WHERE stream=s AND epoch=e AND incarnation=i</c>.</summary>
    /// <param name="row">The row, locked.</param>
    /// <param name="answer">What the worker said.</param>
    /// <param name="now">The database's clock.</param>
    /// <param name="taken">The row to write.</param>
    /// <returns>False when the answer speaks of an earlier grant, or changes nothing.</returns>
    public static bool TryTake(in AssignmentRow row, in StreamAnswer answer, TimeSpan now, out AssignmentRow taken)
    {
        taken = row;
        if (row.Migrating || !row.IsGrantedTo(answer.Incarnation, answer.Epoch))
            return false;

        switch (answer.Kind)
        {
            case AnswerKind.Started when row.State == AssignmentState.Starting:
                taken = row with { State = AssignmentState.Owned, Asked = 0 };
                return true;
            case AnswerKind.Released:
                taken = Unown(row, UnownedReason.Released);
                return true;
            case AnswerKind.Refused:
                taken = Unown(row, UnownedReason.Refused);
                return true;
            case AnswerKind.Failed:
                taken = Quarantine.Count(Unown(row, UnownedReason.Failed), now);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The row once nobody runs the stream. It goes on naming its last owner, for people to read.</summary>
    internal static AssignmentRow Unown(in AssignmentRow row, UnownedReason reason)
    {
        Invariant.Holds(row.State != AssignmentState.Unowned, "S4", $"{row.Stream} would lose an owner it does not have");
        return row with { State = AssignmentState.Unowned, Reason = reason, Migrating = false, Asked = 0 };
    }
}
