using Weir.Core.Eras;
using Weir.Core.Identity;

namespace Weir.Persistence.Rows;

/// <summary>Table <c>era</c>, one row: which life of the database wrote these tables.</summary>
public sealed class StoredEra
{
    /// <summary>Always <see cref="TheOnly"/>.</summary>
    public int Id { get; init; } = TheOnly;

    /// <summary>The epoch at which this life began; every epoch drawn in it is above.</summary>
    public Epoch Began { get; set; }

    /// <summary>PostgreSQL's system identifier as it was when the era began.</summary>
    public long System { get; set; }

    /// <summary>Its timeline.</summary>
    public long Timeline { get; set; }

    /// <summary>The oid of this very table.</summary>
    public long TableOid { get; set; }

    /// <summary>Collecting until every Live worker was heard.</summary>
    public EraPhase Phase { get; set; }

    /// <summary>How long it has lasted, as far as one orchestrator watched it, in whole milliseconds.</summary>
    public TimeSpan Quiet { get; set; }

    /// <summary>The key of the one row.</summary>
    public const int TheOnly = 1;

    /// <summary>The row as the core decides on it.</summary>
    public EraRow ToRow() => new(Began, new DatabaseIdentity(System, Timeline, TableOid), Phase, Quiet);

    /// <summary>The row to insert for an era the core began.</summary>
    public static StoredEra From(in EraRow row) => new()
    {
        Began = row.Began,
        System = row.Identity.System,
        Timeline = row.Identity.Timeline,
        TableOid = row.Identity.Table,
        Phase = row.Phase,
        Quiet = row.Quiet,
    };
}
