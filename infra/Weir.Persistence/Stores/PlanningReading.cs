using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>What changed in a pool since a mark, with all that a plan needs besides; seen as of one instant.</summary>
/// <param name="Rows">Workers, leases, catalogue and assignments.</param>
/// <param name="Pool">The pool's version and figures; null while it has no row.</param>
/// <param name="Reports">Changed reports of load.</param>
/// <param name="Migrations">Changed migrations, the ended ones too.</param>
/// <param name="Era">The era, and the database as it is.</param>
/// <param name="Now">The database's clock.</param>
public sealed record PlanningReading(
    PoolChanges Rows,
    StoredPool? Pool,
    IReadOnlyList<StoredReport> Reports,
    IReadOnlyList<StoredMigration> Migrations,
    EraReading Era,
    TimeSpan Now)
{
    /// <summary>The keys of requests for a plan that wait, the oldest first; at most <see cref="PlanningReader.RequestsMax"/>.</summary>
    public IReadOnlyList<string> Requests { get; init; } = [];

    /// <summary>How many rows were read.</summary>
    public int Count =>
        Rows.Workers.Count + Rows.Leases.Count + Rows.Streams.Count + Rows.Assignments.Count + Reports.Count + Migrations.Count + (Pool is null ? 0 : 1);
}
