using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Planning;

/// <summary>
/// A pool in memory: read whole once, then kept by what changed, so that the cost of a look follows the change. Good for one life of
/// the database. Not thread-safe; one loop has it.
/// </summary>
internal sealed class PoolState(string pool, TimeProvider clock)
{
    private readonly Dictionary<WorkerId, StoredWorker> _workers = [];
    private readonly Dictionary<Incarnation, LeaseRow> _leases = [];
    private readonly Dictionary<StreamId, StreamEntry> _streams = [];
    private readonly Dictionary<WorkerId, (Incarnation, Liveness, bool, double)> _stood = [];
    private StreamEntry[]? _ordered;

    internal string Pool => pool;

    internal ChangeMark Mark { get; private set; } = ChangeMark.Beginning;

    /// <summary>Grows whenever a row came that changes anything.</summary>
    internal long Revision { get; private set; }

    internal long Version { get; private set; }

    internal PoolSettings Settings { get; private set; } = PoolSettings.Default;

    internal EraRow Era { get; private set; }

    internal bool MayDraw { get; private set; }

    /// <summary>The keys of requests for a plan that wait.</summary>
    internal IReadOnlyList<string> Requests { get; private set; } = [];

    /// <summary>The database's clock at the last read.</summary>
    internal TimeSpan Now { get; private set; }

    /// <summary>When a worker last came, went or changed, on the monotonic clock.</summary>
    internal long FleetChangedAt { get; private set; } = clock.GetTimestamp();

    internal IReadOnlyDictionary<WorkerId, StoredWorker> Workers => _workers;

    internal IReadOnlyDictionary<Incarnation, LeaseRow> Leases => _leases;

    /// <summary>All streams in the order of their names.</summary>
    internal IReadOnlyList<StreamEntry> Streams => _ordered ??= [.. _streams.Values.OrderBy(stream => stream.Id)];

    internal int OpenMoves { get; private set; }

    /// <summary>Every stream that may have an owner has one.</summary>
    internal bool NobodyWaits => _streams.Values.All(stream => stream.UnownedSince is null || stream.Row.Hold != StreamHold.None);

    internal LeaseRow? Lease(Incarnation incarnation) => _leases.TryGetValue(incarnation, out var lease) ? lease : null;

    /// <summary>The newest lease of a worker of the pool.</summary>
    internal LeaseRow? Newest(WorkerId worker) => _workers.TryGetValue(worker, out var row) ? Lease(row.Newest) : null;

    internal StreamEntry? Find(StreamId stream) => _streams.GetValueOrDefault(stream);

    /// <summary>Takes a reading in.</summary>
    internal void Apply(PlanningReading reading)
    {
        (Mark, Era, MayDraw, Now) = (reading.Rows.Next, reading.Era.Row, reading.Era.MayDraw, reading.Now);
        Requests = reading.Requests;
        if (reading.Pool is { } row)
        {
            if (row.Version != Version) Revision++;
            Version = row.Version;
            Settings = PoolSettings.Parse(row.Settings);
        }

        foreach (var worker in reading.Rows.Workers) _workers[worker.Worker] = worker;
        foreach (var lease in reading.Rows.Leases) Take(lease.ToRow());
        foreach (var stream in reading.Rows.Streams) Take(stream);
        foreach (var assignment in reading.Rows.Assignments) Take(assignment);
        foreach (var report in reading.Reports) Take(report);
        foreach (var move in reading.Migrations) Take(move);
        if (reading.Rows.Workers.Count + reading.Rows.Leases.Count > 0) CompareFleet();
    }

    /// <summary>Goes on where an earlier reading of the same life left off: revisions go on growing, and a fleet that is the same is settled.</summary>
    internal void Follow(PoolState earlier)
    {
        Revision += earlier.Revision + 1;
        var isSame = _stood.Count == earlier._stood.Count && _stood.All(one => earlier._stood.TryGetValue(one.Key, out var stood) && stood == one.Value);
        if (isSame) FleetChangedAt = earlier.FleetChangedAt;
        foreach (var stream in _streams.Values)
            if (stream.UnownedSince is not null && earlier.Find(stream.Id)?.UnownedSince is { } since)
                stream.UnownedSince = since;
    }

    /// <summary>The stream's row is deleted; whoever declares it again begins anew.</summary>
    internal void Forget(StreamId stream)
    {
        if (_streams.Remove(stream)) _ordered = null;
    }

    /// <summary>Another replica deleted the stream's row, which a read of changes does not show.</summary>
    internal void MissRow(StreamId stream)
    {
        if (Find(stream) is not { HasRow: true } entry) return;
        (entry.HasRow, entry.Row, entry.UnownedSince) = (false, default, null);
        Revision++;
    }

    private void Take(in LeaseRow lease)
    {
        if (_leases.TryGetValue(lease.Incarnation, out var before) && before == lease) return;
        _leases[lease.Incarnation] = lease;
        Revision++;
    }

    private void Take(StoredStream stream)
    {
        var entry = Entry(stream.Stream);
        if (entry.Declared?.Changed == stream.Changed) return;
        entry.Declared = stream;
        Revision++;
    }

    private void Take(StoredAssignment stored)
    {
        var entry = Entry(stored.Stream);
        var row = stored.ToRow();
        if (entry.HasRow && entry.Row == row) return;
        (entry.HasRow, entry.Row) = (true, row);
        if (row.State != AssignmentState.Unowned) entry.UnownedSince = null;
        else entry.UnownedSince ??= clock.GetTimestamp();
        Revision++;
    }

    private void Take(StoredReport report)
    {
        var entry = Entry(report.Stream);
        if (entry.Load == report.Load) return;
        entry.Load = report.Load;
        Revision++;
    }

    private void Take(StoredMigration move)
    {
        var entry = Entry(move.Stream);
        var isOpen = !move.ToRow().IsOver;
        // An older migration of the stream, read again, must not hide the open one.
        if (!isOpen && entry.Move is { } open && open.CorrelationId != move.CorrelationId) return;
        if (isOpen == entry.Move is null) OpenMoves += isOpen ? 1 : -1;
        entry.Move = isOpen ? move : null;
        entry.MovedAt = move.MovedAt(entry.MovedAt);
        Revision++;
    }

    private StreamEntry Entry(StreamId stream)
    {
        if (_streams.TryGetValue(stream, out var entry)) return entry;
        entry = new StreamEntry(stream);
        _streams.Add(stream, entry);
        _ordered = null;
        return entry;
    }

    // Beats' digests change leases too; only what a planner would plan otherwise for unsettles the fleet.
    private void CompareFleet()
    {
        var times = Settings.Lease();
        foreach (var (id, worker) in _workers)
        {
            var liveness = Lease(worker.Newest)?.LivenessUnder(times) ?? Liveness.Lost;
            var stands = (worker.Newest, liveness, worker.Cordoned || worker.Draining, worker.Capacity);
            if (_stood.TryGetValue(id, out var stood) && stood == stands) continue;
            _stood[id] = stands;
            FleetChangedAt = clock.GetTimestamp();
            Revision++;
        }
    }
}
