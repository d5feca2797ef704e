using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Invariants;
using Weir.Core.Leases;

namespace Weir.Core.Eras;

/// <summary>Decides what a restored or promoted database may do. Every granting transaction asks <see cref="MayDraw"/> first.</summary>
public static class EraChange
{
    /// <summary>Whether the database is the one the era began with: else its tables may be older than the fleet.</summary>
    public static bool IsKnown(in EraRow row, in DatabaseIdentity actual) => row.Identity == actual;

    /// <summary>Whether epochs and incarnations may be drawn.</summary>
    public static bool MayDraw(in EraRow row, in DatabaseIdentity actual) => IsKnown(row, actual) && row.Phase == EraPhase.Open;

    /// <summary>
    /// Whether an Unfenced stream may start where it was not running already. After a restore somebody whom the database never knew
    /// may still run it: everyone has lapsed once the era has lasted a whole lease.
    /// </summary>
    public static bool MayStartElsewhere(in EraRow row, StreamClass streamClass, TimeSpan localModeFor, LeaseTimes times) =>
        streamClass == StreamClass.Fenced || row.Quiet >= times.GrantAfter(localModeFor);

    /// <summary>The era that follows when the identity differs. The caller sets the counter to its beginning in the same transaction.</summary>
    /// <param name="row">The row as the tables have it.</param>
    /// <param name="actual">The database as it is.</param>
    /// <param name="highestDrawn">The highest epoch the tables know to be drawn.</param>
    /// <param name="reported">The highest epoch any worker has named.</param>
    /// <param name="millisecondsSince2026">
    /// The orchestrator's wall clock. It keeps apart two lives that were restored from the same copy: the later one begins above
    /// whatever the earlier one drew, although neither the tables nor any worker may know of it.
    /// </param>
    public static EraRow Begin(in EraRow row, in DatabaseIdentity actual, Epoch highestDrawn, Epoch reported, long millisecondsSince2026)
    {
        Invariant.Holds(row.Identity != actual, "era", $"the era of {row.Began} would end although the database is the same");
        var known = highestDrawn > reported ? highestDrawn : reported;
        var began = Era.FirstEpochAt(millisecondsSince2026);
        if (began <= known)
            began = new Epoch(known.Value + 1);

        Invariant.Holds(began > row.Began, "S2", $"the era of {row.Began} would be followed by that of {began}");
        return new EraRow(began, actual, EraPhase.Collecting, TimeSpan.Zero);
    }

    /// <summary>Ends the collection. Called when no Live incarnation is left that has not listed its holdings.</summary>
    /// <param name="row">The collecting era.</param>
    /// <param name="unlisted">How many Live incarnations have not listed their holdings; 0 or it throws.</param>
    public static EraRow Open(in EraRow row, int unlisted)
    {
        Invariant.Holds(unlisted == 0, "era", $"the era of {row.Began} would open with {unlisted} workers not heard");
        return row with { Phase = EraPhase.Open };
    }

    /// <summary>
    /// Where the counter must go on when a worker names an epoch that this database never drew: it lost history, and its wall
    /// clock did not show it. Nothing is granted below.
    /// </summary>
    /// <returns>The counter's new value; <paramref name="highestDrawn"/> when nothing is to be done.</returns>
    public static Epoch Raise(Epoch highestDrawn, Epoch reported) => reported > highestDrawn ? reported : highestDrawn;

    /// <summary>One orchestrator has watched the era for so long. As SQL: <c>quiet=greatest(quiet, q) WHERE began=e</c>.</summary>
    public static EraRow Aged(in EraRow row, Epoch seen, TimeSpan quiet) => row.Began == seen && quiet > row.Quiet ? row with { Quiet = quiet } : row;
}
