using Weir.Core.Invariants;
using Weir.Core.Leases;

namespace Weir.Core.Assignments;

/// <summary>What happens when an answer does not come: the same question again. A deadline never grants.</summary>
public static class Asking
{
    /// <summary>How long an answer may take before it is asked for again: 1 s.</summary>
    public static TimeSpan Every { get; } = TimeSpan.FromSeconds(1);

    /// <summary>After so many unanswered Starts the stream is taken back.</summary>
    public const int StartsMax = 3;

    /// <summary>
    /// Whether a deadline has passed on a clock that may be stepped: one that lies further ahead than any deadline is ever set was
    /// written before the clock went back.
    /// </summary>
    public static bool IsDue(TimeSpan deadline, TimeSpan now) => now >= deadline || deadline > now + Every;

    /// <summary>Whether the sweep has anything to ask about the row.</summary>
    public static bool IsOpen(in AssignmentRow row, TimeSpan now) =>
        row.State is AssignmentState.Starting or AssignmentState.Releasing && !row.Migrating && IsDue(row.Deadline, now);

    /// <summary>Asks again about a row whose deadline has passed. As SQL: taken with SKIP LOCKED, written where epoch and state are unchanged.</summary>
    /// <param name="row">The row, locked.</param>
    /// <param name="owner">The lease of the incarnation it names; a fenced one is not asked, for the rule of grants settles it.</param>
    /// <param name="now">The database's clock.</param>
    /// <param name="asked">The row to write.</param>
    /// <returns>What to send.</returns>
    public static StreamCommand Again(in AssignmentRow row, in LeaseRow? owner, TimeSpan now, out AssignmentRow asked)
    {
        asked = row;
        if (!IsOpen(row, now))
            return default;

        asked = row with { Asked = row.Asked + 1, Deadline = now + Every };
        if (owner is not { State: LeaseState.Live })
            return default;
        if (row.State == AssignmentState.Starting && row.Asked >= StartsMax)
            asked = asked with { State = AssignmentState.Releasing, Asked = 0 };

        Invariant.Holds(asked.Epoch == row.Epoch && asked.Incarnation == row.Incarnation, "S6", $"a deadline would give {row.Stream} away");
        return asked.State == AssignmentState.Starting ? StreamCommand.Start(asked) : StreamCommand.Release(asked);
    }
}
