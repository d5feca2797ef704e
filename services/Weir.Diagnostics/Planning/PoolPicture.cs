using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Planning;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Planning;

/// <summary>
/// A pool as its planner would see it just now, from one whole reading. The planner's own loop keeps what it read and adds what
/// changed; this one begins anew each time it is asked, and a test holds the two to the same plan.
/// </summary>
internal sealed class PoolPicture
{
    private readonly PlanningReading _reading;
    private readonly LeaseTimes _times;
    private readonly Dictionary<Incarnation, LeaseRow> _leases;
    private readonly Dictionary<StreamId, StoredStream> _declared;
    private readonly Dictionary<StreamId, StoredMigration> _open;
    private readonly Dictionary<StreamId, TimeSpan> _movedAt = [];
    private readonly Dictionary<StreamId, double> _loads;
    private readonly Dictionary<Incarnation, WorkerId> _live = [];

    internal PoolPicture(PlanningReading reading)
    {
        _reading = reading;
        Settings = reading.Pool is { } row ? PoolSettings.Parse(row.Settings) : PoolSettings.Default;
        _times = Settings.Lease();
        _leases = reading.Rows.Leases.Select(lease => lease.ToRow()).ToDictionary(lease => lease.Incarnation);
        _declared = reading.Rows.Streams.ToDictionary(stream => stream.Stream);
        _open = reading.Migrations.Where(move => !move.ToRow().IsOver).ToDictionary(move => move.Stream);
        _loads = reading.Reports.Where(report => report.Load is >= 0 and < double.PositiveInfinity).ToDictionary(report => report.Stream, report => report.Load!.Value);
        foreach (var move in reading.Migrations.Where(move => move.Reason != nameof(MoveReason.WorkerDraining)))
        {
            var at = (move.EndedAt ?? move.StartedAt) - DateTime.UnixEpoch;
            if (!_movedAt.TryGetValue(move.Stream, out var earlier) || at > earlier) _movedAt[move.Stream] = at;
        }
    }

    internal PoolSettings Settings { get; }

    /// <summary>When the stream was last moved by choice, on the database's clock; null when that is long ago.</summary>
    internal TimeSpan? MovedAgo(StreamId stream) => _movedAt.TryGetValue(stream, out var at) ? _reading.Now - at : null;

    /// <summary>Plans the pool as if somebody had asked for it to be level now, with no limit to the moves.</summary>
    /// <param name="without">A worker to plan as if it were drained; null for none.</param>
    internal PoolPlan Plan(WorkerId? without = null)
    {
        var builder = new FleetBuilder();
        AddWorkers(builder, without);
        var waiting = 0;
        foreach (var stored in _reading.Rows.Assignments)
        {
            var isToRun = stored.Hold == StreamHold.None && _declared.TryGetValue(stored.Stream, out var declared) && declared.WithdrawnAt is null;
            if (isToRun && !TryAdd(builder, stored.ToRow())) waiting++;
        }

        var fleet = builder.Build();
        var policy = Settings.Planning() with { Levelling = Levelling.Always };
        return new PoolPlan(fleet, Planner.Plan(fleet.Snapshot, policy), policy, waiting);
    }

    private void AddWorkers(FleetBuilder builder, WorkerId? without)
    {
        _live.Clear();
        foreach (var worker in _reading.Rows.Workers)
        {
            if (!_leases.TryGetValue(worker.Newest, out var lease) || lease.State != LeaseState.Live || !(worker.Capacity > 0 && double.IsFinite(worker.Capacity))) continue;
            _live.Add(lease.Incarnation, worker.Worker);
            builder.AddWorker(
                worker.Worker,
                worker.Capacity,
                worker.Draining || worker.Worker == without ? WorkerState.Draining
                : worker.Cordoned || lease.LivenessUnder(_times) != Liveness.Live ? WorkerState.Cordoned
                : WorkerState.Active);
        }
    }

    // False where its last owner may still act, so that it waits outside the plan.
    private bool TryAdd(FleetBuilder builder, in AssignmentRow row)
    {
        if (_open.TryGetValue(row.Stream, out var move))
        {
            if (_live.TryGetValue(move.Target, out var target)) return Add(builder, row.Stream, target, inFlight: true);
            if (_live.TryGetValue(move.Source, out var source)) return Add(builder, row.Stream, source, inFlight: true);
            return false;
        }

        if (row.State != AssignmentState.Unowned && _live.TryGetValue(row.Incarnation, out var owner))
            return Add(builder, row.Stream, owner, inFlight: row.State != AssignmentState.Owned || row.Migrating);
        LeaseRow? lease = _leases.TryGetValue(row.Incarnation, out var found) ? found : null;
        var isFree = !row.Migrating && Grants.MayGrant(row, lease, _times) && EraChange.MayStartElsewhere(_reading.Era.Row, row.Class, row.LocalModeFor, _times);
        return isFree && Add(builder, row.Stream, null, inFlight: false);
    }

    private bool Add(FleetBuilder builder, StreamId stream, WorkerId? owner, bool inFlight)
    {
        var declared = _declared[stream];
        var isPinnedAway = declared.PinnedTo is { } pinned && !_live.ContainsValue(pinned);
        if (isPinnedAway && owner is null) return false;
        var ago = MovedAgo(stream) is { } since ? Math.Max(0, since.TotalSeconds) : double.PositiveInfinity;
        StreamNote? note = inFlight || isPinnedAway || double.IsFinite(ago) ? new StreamNote(0) { MovedSecondsAgo = ago, InFlight = inFlight || isPinnedAway } : null;
        builder.AddStream(stream, owner, _loads.TryGetValue(stream, out var load) ? load : declared.Weight, note, isPinnedAway ? null : declared.PinnedTo);
        return true;
    }
}
