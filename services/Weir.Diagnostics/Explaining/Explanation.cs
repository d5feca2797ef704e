using Weir.Core.Identity;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Planning;
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Explaining;

/// <summary>All that was read to explain one stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Owners">Who has had it, the latest first.</param>
/// <param name="Moves">Its migrations, the latest first.</param>
/// <param name="Plan">The plan that put it there; null when it is not kept.</param>
/// <param name="Worker">Its owner's row; null when nobody has it.</param>
internal sealed record Explanation(StreamDetail Stream, IReadOnlyList<OwnerEntry> Owners, IReadOnlyList<MigrationSummary> Moves, StoredPlan? Plan, WorkerReading? Worker)
{
    internal StreamId Id => StreamId.Parse(Stream.Id);

    internal PlanSummary? PlanSummary => Plan is null ? null : StoredPlans.Summary(Plan);
}
