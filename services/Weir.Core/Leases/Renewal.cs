using Weir.Core.Invariants;

namespace Weir.Core.Leases;

/// <summary>
/// Decides whether a beat renews a lease. As SQL: <c>UPDATE leases SET sequence=n, quiet=0 WHERE worker=w AND incarnation=i AND
/// state='Live' AND NOT commands_unread AND sequence&lt;n</c>. Renewal and fencing guard the same row, so that a lease cannot be both.
/// </summary>
public static class Renewal
{
    /// <summary>A mark goes into the command queue with every so many renewals.</summary>
    public const int MarkEvery = 4;

    /// <summary>What becomes of <paramref name="beat"/>, given the row of its incarnation as the update finds it.</summary>
    /// <param name="row">The row of the beat's incarnation.</param>
    /// <param name="newestProcess">The process of the worker's newest incarnation: another one means that this one is superseded.</param>
    /// <param name="beat">The beat.</param>
    /// <param name="renewed">The row to write when the outcome is <see cref="RenewOutcome.Renewed"/>, else the row as it was.</param>
    public static RenewOutcome Decide(in LeaseRow row, string newestProcess, in Beat beat, out LeaseRow renewed)
    {
        renewed = row;
        if (row.Worker != beat.Worker || row.Incarnation != beat.Incarnation)
            return RenewOutcome.Unknown;
        if (row.State != LeaseState.Live)
            return row.Process == newestProcess ? RenewOutcome.Fenced : RenewOutcome.Superseded;
        if (row.CommandsUnread)
            return RenewOutcome.CommandsUnread;
        if (row.Sequence >= beat.Sequence)
            return RenewOutcome.Stale;

        renewed = row with
        {
            Sequence = beat.Sequence,
            Quiet = TimeSpan.Zero,
            Digest = beat.Digest,
            Stuck = beat.Stuck,
            MarkRead = Math.Max(row.MarkRead, beat.MarkRead),
            MarkSent = IsMarkDue(row, beat.Sequence) ? beat.Sequence : row.MarkSent,
        };
        Invariant.Holds(renewed.Sequence > row.Sequence, "S8", $"lease {row.Incarnation} would go from beat {row.Sequence} back to {renewed.Sequence}");
        return RenewOutcome.Renewed;
    }

    /// <summary>Whether the renewal by this beat puts a mark into the command queue.</summary>
    public static bool IsMarkDue(in LeaseRow row, long sequence) => sequence - row.MarkSent >= MarkEvery;

    /// <summary>Of two beats of one incarnation in one batch, the one that counts: the higher sequence.</summary>
    public static Beat Later(in Beat left, in Beat right)
    {
        Invariant.Holds(left.Incarnation == right.Incarnation, "batch", $"beats of {left.Incarnation} and {right.Incarnation} are not of one life");
        return left.Sequence >= right.Sequence ? left : right;
    }
}
