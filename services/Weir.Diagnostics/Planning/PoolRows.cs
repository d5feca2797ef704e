using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Planning;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Planning;

/// <summary>
/// A pool's rows from one whole reading, planned as its planner would just now. The planner's own loop keeps what it read and adds
/// what changed; a test holds the two to the same plan.
/// </summary>
internal sealed class PoolRows
{
    private readonly PlanningReading _reading;
    private readonly Dictionary<Incarnation, LeaseRow> _leases;
    private readonly Dictionary<StreamId, StoredStream> _declared;
    private readonly Dictionary<StreamId, StoredMigration> _open;
    private readonly Dictionary<StreamId, double?> _loads;
    private readonly Dictionary<StreamId, TimeSpan?> _movedAt = [];

    internal PoolRows(PlanningReading reading)
    {
        _reading = reading;
        Settings = reading.Pool is { } row ? PoolSettings.Parse(row.Settings) : PoolSettings.Default;
        _leases = reading.Rows.Leases.Select(lease => lease.ToRow()).ToDictionary(lease => lease.Incarnation);
        _declared = reading.Rows.Streams.ToDictionary(stream => stream.Stream);
        _open = reading.Migrations.Where(move => !move.ToRow().IsOver).ToDictionary(move => move.Stream);
        _loads = reading.Reports.ToDictionary(report => report.Stream, report => report.Load);
        foreach (var move in reading.Migrations) _movedAt[move.Stream] = move.MovedAt(_movedAt.GetValueOrDefault(move.Stream));
    }

    internal PoolSettings Settings { get; }

    /// <summary>When the stream was last moved by choice, on the database's clock; null when that is long ago.</summary>
    internal TimeSpan? MovedAgo(StreamId stream) => _reading.Now - _movedAt.GetValueOrDefault(stream);

    /// <summary>Plans the pool as if somebody had asked for it to be level now, with no limit to the moves.</summary>
    /// <param name="without">A worker to plan as if it were drained; null for none.</param>
    internal PoolPlan Plan(WorkerId? without = null)
    {
        var maker = new SnapshotMaker(_leases, _reading.Era.Row, Settings.Lease(), _reading.Now);
        foreach (var worker in _reading.Rows.Workers.OrderBy(worker => worker.Worker))
            maker.AddWorker(worker.ToRow() with { Draining = worker.Draining || worker.Worker == without }, worker.Capacity);
        foreach (var row in _reading.Rows.Assignments.OrderBy(row => row.Stream)) maker.AddStream(RowsOf(row));
        var pool = maker.Make();
        var policy = Settings.Planning() with { Levelling = Levelling.Always };
        return new PoolPlan(pool, Planner.Plan(pool.Snapshot, policy), policy);
    }

    private StreamRows RowsOf(StoredAssignment row)
    {
        var declared = _declared.GetValueOrDefault(row.Stream);
        return new StreamRows(row.ToRow())
        {
            IsDeclared = declared is { WithdrawnAt: null },
            DeclaredWeight = declared?.Weight ?? 1,
            Load = _loads.GetValueOrDefault(row.Stream),
            PinnedTo = declared?.PinnedTo,
            Move = _open.GetValueOrDefault(row.Stream)?.ToRow(),
            MovedAt = _movedAt.GetValueOrDefault(row.Stream),
        };
    }
}
