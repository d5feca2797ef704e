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

    /// <summary>The era that follows when the identity differs.</summary>
    /// <param name="row">The row as the tables have it.</param>
    /// <param name="actual">The database as it is.</param>
    /// <param name="hoursSince2026">Hours since 2026-01-01 on the wall clock: keeps two lives apart that were restored from the same copy.</param>
    /// <param name="reported">The highest epoch any worker has named so far.</param>
    public static EraRow Begin(in EraRow row, in DatabaseIdentity actual, int hoursSince2026, Epoch reported)
    {
        Invariant.Holds(row.Identity != actual, "era", $"era {row.Era.Value} would end although the database is the same");
        return new EraRow(Above(row.Era, hoursSince2026, reported), actual, EraPhase.Collecting, TimeSpan.Zero);
    }

    /// <summary>Ends the collection. Called when no Live incarnation is left that has not listed its holdings.</summary>
    /// <param name="row">The collecting era.</param>
    /// <param name="unlisted">How many Live incarnations have not listed their holdings; 0 or it throws.</param>
    /// <param name="reported">The highest epoch any worker has named.</param>
    public static EraRow Open(in EraRow row, int unlisted, Epoch reported)
    {
        Invariant.Holds(unlisted == 0, "era", $"era {row.Era.Value} would open with {unlisted} workers not heard");
        return row with { Phase = EraPhase.Open, Era = reported.Era.Value >= row.Era.Value ? new Era(reported.Era.Value + 1) : row.Era };
    }

    /// <summary>A worker names an epoch that this database never drew: history was lost that the collection did not show.</summary>
    /// <param name="row">The era as it is.</param>
    /// <param name="highestDrawn">The highest epoch this database has drawn.</param>
    /// <param name="reported">The epoch named.</param>
    /// <param name="raised">The row with an era above the one named.</param>
    public static bool MustRaise(in EraRow row, Epoch highestDrawn, Epoch reported, out EraRow raised)
    {
        raised = row;
        if (reported <= highestDrawn)
            return false;

        raised = row with { Era = new Era(Math.Max(row.Era.Value, reported.Era.Value) + 1) };
        return true;
    }

    /// <summary>One orchestrator has watched the era for so long. As SQL: <c>quiet=greatest(quiet, q) WHERE era=e</c>.</summary>
    public static EraRow Aged(in EraRow row, Era seen, TimeSpan quiet) => row.Era == seen && quiet > row.Quiet ? row with { Quiet = quiet } : row;

    private static Era Above(Era era, int hoursSince2026, Epoch reported) =>
        new(Math.Max(Math.Max(era.Value + 1, hoursSince2026), reported.Era.Value + 1));
}
