using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>Reads plans that took effect.</summary>
public sealed class PlanReader(WeirDbContext db)
{
    // What a plan began has its instant, cut to what the database keeps of it.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(1);

    /// <summary>The plan that made a version; null when there was none, or it is no longer kept.</summary>
    public Task<StoredPlan?> FindAsync(string pool, long version, CancellationToken cancel) =>
        db.Plans.AsNoTracking().FirstOrDefaultAsync(plan => plan.Pool == pool && plan.Version == version, cancel);

    /// <summary>The plan that began a move: the latest with moves at that instant or before; null when it is no longer kept.</summary>
    public Task<StoredPlan?> BeganAsync(string pool, DateTime startedAt, CancellationToken cancel)
    {
        var until = startedAt + Slack;
        return db.Plans.AsNoTracking().Where(plan => plan.Pool == pool && plan.Moves > 0 && plan.MadeAt <= until).OrderByDescending(plan => plan.MadeAt).FirstOrDefaultAsync(cancel);
    }
}
