using Weir.Diagnostics.Api;
using Weir.Diagnostics.Planning;
using Weir.Diagnostics.Reading;
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Explaining;

/// <summary>Who has had a stream and why, from the grants that were heard and the migrations that are kept.</summary>
internal static class OwnerHistory
{
    /// <summary>It had no owner and was given one.</summary>
    internal const string Placed = "placed";

    /// <summary>Its owner's lease was over, so it was given to another.</summary>
    internal const string OwnerLost = "ownerLost";

    /// <summary>Its owner came back under a new lease and kept it.</summary>
    internal const string Kept = "kept";

    /// <summary>The latest first.</summary>
    internal static IReadOnlyList<OwnerEntry> Of(IReadOnlyList<StoredOwner> grants, IReadOnlyList<MigrationReading> moves)
    {
        var byEpoch = moves.Where(move => move.TargetEpoch > 0).GroupBy(move => move.TargetEpoch).ToDictionary(same => same.Key, same => same.First());
        var entries = new List<OwnerEntry>(grants.Count);
        for (var at = 0; at < grants.Count; at++)
        {
            var grant = grants[at];
            var before = at + 1 < grants.Count ? grants[at + 1] : null;
            var after = at > 0 ? grants[at - 1] : null;
            entries.Add(new OwnerEntry(
                grant.Worker.Value,
                grant.Incarnation.Value,
                grant.Epoch.Value,
                grant.FromWorker?.Value,
                Reason(grant, before, byEpoch.GetValueOrDefault(grant.Epoch.Value)),
                StreamAnswers.At(grant.AssignedAt),
                StreamAnswers.At(grant.RunningAt),
                StreamAnswers.At(grant.EndedAt ?? after?.AssignedAt),
                grant.EndReason is { } reason ? PlanAnswers.Camel(reason) : null,
                grant.Version > 0 ? StoredPlans.Id(grant.Pool, grant.Version) : null));
        }

        return entries;
    }

    private static string Reason(StoredOwner grant, StoredOwner? before, MigrationReading? move)
    {
        if (move?.Reason is { } reason) return PlanAnswers.Camel(reason);
        if (grant.FromWorker is not { } from || before?.EndedAt is not null) return Placed;
        return from == grant.Worker ? Kept : OwnerLost;
    }
}
