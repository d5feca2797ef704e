using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Cli.Dev.Reading;

/// <summary>
/// The fleet as the tables tell of it, kept by what changed, and what has happened from one reading to the next. Reads tables and
/// nothing else, so that it shows what is, and works the same on every bus. Not thread-safe; one loop has it.
/// </summary>
/// <param name="ownsAll">Every worker lives in this process: whatever lease the first reading finds is an earlier process's and over.</param>
internal sealed class FleetBook(bool ownsAll)
{
    private const int HappeningsMax = 200;
    private static readonly TimeSpan GoneShownFor = TimeSpan.FromSeconds(20);

    private readonly Dictionary<WorkerId, StoredWorker> _workers = [];
    private readonly Dictionary<Incarnation, LeaseRow> _leases = [];
    private readonly Dictionary<WorkerId, (WorkerStanding Standing, Incarnation Life, TimeSpan Since)> _standings = [];
    private readonly Dictionary<StreamId, StreamEntry> _streams = [];
    private readonly LinkedList<Happening> _happenings = [];
    private readonly HashSet<WorkerId> _forgotten = [];
    private readonly HashSet<Incarnation> _earlier = [];
    private bool _isRead;
    private TimeSpan? _troubleSince = TimeSpan.Zero;

    internal bool OwnsAll => ownsAll;

    internal ChangeMark Mark { get; private set; } = ChangeMark.Beginning;

    /// <summary>How long it took from the program's start until every stream ran; null before.</summary>
    internal TimeSpan? AllRanAt { get; private set; }

    /// <summary>Takes a reading in.</summary>
    /// <param name="reading">What changed since <see cref="Mark"/>.</param>
    /// <param name="now">The run's clock.</param>
    /// <returns>What has happened, the oldest first.</returns>
    internal IReadOnlyList<Happening> Apply(PlanningReading reading, TimeSpan now)
    {
        var happened = new List<Happening>();
        Mark = reading.Rows.Next;
        var settings = reading.Pool is { } pool ? PoolSettings.Parse(pool.Settings) : PoolSettings.Default;
        Version = reading.Pool?.Version ?? Version;
        foreach (var lease in reading.Rows.Leases)
            _leases[lease.Incarnation] = lease.ToRow();
        if (ownsAll && !_isRead)
            _earlier.UnionWith(_leases.Keys);
        foreach (var worker in reading.Rows.Workers)
            _workers[worker.Worker] = worker;
        TakeStandings(settings.Lease(), now, happened);
        foreach (var stream in reading.Rows.Streams)
            Entry(stream.Stream).Declared = stream;
        foreach (var report in reading.Reports)
            Entry(report.Stream).Load = report.Load;
        var tale = new OwnershipTale(Name);
        foreach (var row in reading.Rows.Assignments)
            Entry(row.Stream).Take(row, tale, _isRead);
        foreach (var move in reading.Migrations)
            Entry(move.Stream).Take(move, now, tale, _isRead);
        happened.AddRange(tale.Lines(now));
        foreach (var stream in _streams.Values)
            stream.Look(IsOver(stream), now);
        Judge(now, happened);
        Keep(happened);
        _isRead = true;
        return happened;
    }

    internal long Version { get; private set; }

    /// <summary>The whole as of now.</summary>
    internal Scene Scene(TimeSpan now) => new()
    {
        Streams = Count(),
        Workers = [.. _standings.Where(one => IsShown(one.Key, one.Value, now)).Select(one => View(one.Key, one.Value)).OrderBy(worker => worker.Id, NameOrder.Instance)],
        Unowned = [.. _streams.Values.Where(stream => stream.UnownedSince is not null).Select(Unowned).OrderBy(stream => stream.Since).ThenBy(stream => stream.Stream, NameOrder.Instance)],
        Moves = [.. _streams.Values.Where(stream => stream.Move is not null).Select(Moving).OrderByDescending(move => move.Since).ThenBy(move => move.Stream, NameOrder.Instance)],
        Happenings = [.. _happenings],
        Version = Version,
        ReadAt = now,
    };

    /// <summary>Keeps a line that the tables do not tell.</summary>
    internal void Say(Happening happening) => Keep([happening]);

    /// <summary>A worker was struck from the register.</summary>
    internal void Forgot(string worker) => _forgotten.Add(WorkerId.Parse(worker));

    /// <summary>Workers that are gone for good and hold nothing any more, until they are forgotten.</summary>
    internal IReadOnlyList<string> Gone(TimeSpan now)
    {
        var gone = _standings.Where(one => one.Value.Standing is WorkerStanding.Lost or WorkerStanding.Left && !IsShown(one.Key, one.Value, now)).Select(one => one.Key).ToList();
        return [.. gone.Where(worker => !_forgotten.Contains(worker)).Select(worker => worker.Value)];
    }

    private StreamCounts Count()
    {
        var (total, running, starting, unowned, quarantined, paused) = (0, 0, 0, 0, 0, 0);
        foreach (var stream in _streams.Values.Where(stream => stream.IsWanted || stream.IsHeld))
        {
            total++;
            if (stream.Hold == StreamHold.Quarantined) quarantined++;
            else if (stream.Hold == StreamHold.Paused) paused++;
            else if (stream.UnownedSince is not null) unowned++;
            else if (stream.Row?.State == AssignmentState.Starting) starting++;
            else running++;
        }

        return new(total, running, starting, unowned, quarantined, paused);
    }

    private void TakeStandings(LeaseTimes times, TimeSpan now, List<Happening> happened)
    {
        foreach (var (id, worker) in _workers)
        {
            var standing = StandingOf(worker, times);
            var isKnown = _standings.TryGetValue(id, out var stood);
            if (isKnown && stood.Standing == standing && stood.Life == worker.Newest)
                continue;
            _standings[id] = (standing, worker.Newest, now);
            // Its streams may have found another before they were seen without one.
            if (_isRead && standing == WorkerStanding.Lost && _streams.Values.Any(stream => stream.Row?.Worker == id))
                _troubleSince ??= now;
            if (standing is not (WorkerStanding.Lost or WorkerStanding.Left))
                _forgotten.Remove(id);
            if (_isRead && WorkerTale.Line(id.Value, worker.Capacity, isKnown && stood.Life == worker.Newest ? stood.Standing : null, standing) is var (kind, words))
                happened.Add(new(now, kind, words));
        }
    }

    private WorkerStanding StandingOf(StoredWorker worker, LeaseTimes times)
    {
        if (IsOver(worker.Newest, out var lease))
            return lease.Stopped ? WorkerStanding.Left : WorkerStanding.Lost;
        if (lease.LivenessUnder(times) == Liveness.Suspect)
            return WorkerStanding.Silent;
        return worker.Draining ? WorkerStanding.Draining : worker.Cordoned ? WorkerStanding.Cordoned : WorkerStanding.Live;
    }

    // The row names its last owner until the next is found: what counts is whether that one may still act.
    private bool IsOver(StreamEntry stream) =>
        stream.Row is not { } row || row.State == AssignmentState.Unowned || IsOver(row.Incarnation, out _);

    private bool IsOver(Incarnation life, out LeaseRow lease) => !_leases.TryGetValue(life, out lease) || lease.State == LeaseState.Fenced || _earlier.Contains(life);

    private void Judge(TimeSpan now, List<Happening> happened)
    {
        var counts = Count();
        if (counts.Total == 0)
            return;
        if (counts.Unowned > 0)
            _troubleSince ??= now;
        if (!counts.AllRun || _troubleSince is not { } since)
            return;
        var words = AllRanAt is null
            ? FormattableString.Invariant($"all {counts.Running} streams run on {_standings.Values.Count(one => one.Standing == WorkerStanding.Live)} workers, {now.TotalSeconds:0.0} s after the start")
            : FormattableString.Invariant($"all {counts.Running} streams run again, {(now - since).TotalSeconds:0.0} s after the first had no owner");
        AllRanAt ??= now;
        _troubleSince = null;
        happened.Add(new(now, HappeningKind.Good, words));
    }

    private void Keep(IEnumerable<Happening> happened)
    {
        foreach (var one in happened)
            _happenings.AddFirst(one);
        while (_happenings.Count > HappeningsMax)
            _happenings.RemoveLast();
    }

    private bool IsShown(WorkerId worker, (WorkerStanding Standing, Incarnation Life, TimeSpan Since) stood, TimeSpan now) =>
        stood.Standing is not (WorkerStanding.Lost or WorkerStanding.Left) || now - stood.Since < GoneShownFor
        || _streams.Values.Any(stream => stream.UnownedSince is not null && stream.Row?.Worker == worker);

    private WorkerView View(WorkerId id, (WorkerStanding Standing, Incarnation Life, TimeSpan Since) stood)
    {
        var own = _streams.Values.Where(stream => stream.UnownedSince is null && stream.Row is { } row && row.Incarnation == stood.Life).ToList();
        return new(
            id.Value, stood.Standing, stood.Since, _workers[id].Capacity, own.Sum(stream => stream.Weight), own.Count,
            own.Count(stream => stream.Row!.State == AssignmentState.Starting), own.Count(stream => stream.Row!.State == AssignmentState.Releasing))
        {
            Process = _workers[id].Process,
        };
    }

    private UnownedView Unowned(StreamEntry stream)
    {
        var worker = stream.Row?.Worker?.Value;
        var why = stream.Row is null ? "new" : stream.Row.State != AssignmentState.Unowned ? $"{worker} is lost" : OwnershipTale.Words(stream.Row.Reason.ToString());
        return new(stream.Id.Value, stream.Row?.State == AssignmentState.Unowned && worker is not null ? $"{why} by {worker}" : why, stream.UnownedSince!.Value);
    }

    private MoveView Moving(StreamEntry stream)
    {
        var move = stream.Move!;
        return new(stream.Id.Value, Name(move.Source), Name(move.Target), OwnershipTale.Words(move.Reason ?? ""), OwnershipTale.Words(move.State.ToString()), stream.MoveSince);
    }

    private string Name(Incarnation life) => _leases.TryGetValue(life, out var lease) ? lease.Worker.Value : "?";

    private StreamEntry Entry(StreamId id)
    {
        if (!_streams.TryGetValue(id, out var entry))
            _streams.Add(id, entry = new StreamEntry(id));
        return entry;
    }
}
