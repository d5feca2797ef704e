using Weir.Core.Planning;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Weir.Orchestrator.Planning;

/// <summary>
/// Carries a plan out, slice by slice, each a transaction of its own that compares the era, reads its rows and leases again and lets
/// the core decide each of them. The first takes the pool's next version; each prefix of the slices is safe.
/// </summary>
internal sealed class Applier(DatabaseResilience database)
{
    /// <summary>Applies a plan made from <paramref name="view"/>.</summary>
    internal async Task<ApplyOutcome> ApplyAsync(PlanView view, Plan plan, CancellationToken cancel)
    {
        var total = new ApplyOutcome(ApplyKind.Nothing, 0, 0, 0);
        var takesVersion = true;
        foreach (var slice in Slices(view, plan))
        {
            var first = takesVersion;
            var outcome = await database.RunAsync(
                "plan.apply",
                (unit, token) => unit.Services.GetRequiredService<SliceWriter>().WriteAsync(view, plan, slice, first, token),
                cancel);
            if (outcome.Kind is ApplyKind.Stale or ApplyKind.Closed) return outcome with { Placed = total.Placed, Moving = total.Moving };
            if (outcome.Kind == ApplyKind.Applied) takesVersion = false;
            total = new ApplyOutcome(
                total.Kind == ApplyKind.Applied ? ApplyKind.Applied : outcome.Kind,
                total.Placed + outcome.Placed, total.Moving + outcome.Moving, total.Dropped + outcome.Dropped);
        }

        return total;
    }

    // Placements first, then the moves in the plan's order, as its safety was proved.
    private static List<PlanSlice> Slices(PlanView view, Plan plan)
    {
        var steps = plan.Placements.Select(placement => new PlanStep(view.Propose(placement), Reason: null))
            .Concat(plan.Moves.Select(move => new PlanStep(view.Propose(move), move.Reason)));
        var slices = steps.Chunk(AssignmentStore.SliceMax).Select(slice => new PlanSlice(slice)).ToList();

        // A plan of nothing that somebody asked for takes a version and is written down like any other.
        return slices.Count > 0 ? slices : [new PlanSlice([])];
    }
}
