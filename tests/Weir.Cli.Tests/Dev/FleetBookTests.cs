using Weir.Cli.Dev.Reading;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Sagas;
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests.Dev;

/// <summary>What the book makes of rows: how things stand, and what has happened.</summary>
[Unit]
public sealed class FleetBookTests
{
    private static readonly TimeSpan Begin = TimeSpan.FromSeconds(2);

    private readonly FleetBook _book = new(ownsAll: false);

    [Fact]
    public void Reading_OfALevelFleet_CountsAndSaysThatAllRun()
    {
        var happened = Read(Begin, workers: [Worker("w1", 10), Worker("w2", 20)], leases: [Lease("w1", 10), Lease("w2", 20)], streams: ["a", "b"], rows: [Row("a", 10, "w1"), Row("b", 20, "w2")]);

        var scene = _book.Scene(Begin);
        Assert.Equal(new StreamCounts(2, 2, 0, 0, 0, 0), scene.Streams);
        Assert.Equal([1, 1], scene.Workers.Select(worker => worker.Streams));
        Assert.Equal((1, 0), (scene.Score, scene.Spread));
        Assert.Equal("all 2 streams run on 2 workers, 2.0 s after the start", Assert.Single(happened).Words);
    }

    [Fact]
    public void Lease_IsOver_ItsStreamsAreUnownedAndTheirClockRuns()
    {
        Settled();

        var happened = Read(Begin + Seconds(5), leases: [Lease("w1", 10, LeaseState.Fenced)]);

        var scene = _book.Scene(Begin + Seconds(6.5));
        var unowned = Assert.Single(scene.Unowned);
        Assert.Equal(("a", "w1 is lost", Begin + Seconds(5)), (unowned.Stream, unowned.Why, unowned.Since));
        Assert.Equal(WorkerStanding.Lost, scene.Workers[0].Standing);
        Assert.Contains(happened, one => one.Kind == HappeningKind.Bad && one.Words.StartsWith("w1 is lost", StringComparison.Ordinal));
    }

    [Fact]
    public void Stream_FoundANewOwner_IsToldWithHowLongItTook()
    {
        Settled();
        Read(Begin + Seconds(5), leases: [Lease("w1", 10, LeaseState.Fenced)]);

        var happened = Read(Begin + Seconds(6), rows: [Row("a", 20, "w2")]);

        Assert.Equal(["a  w1 → w2 (worker lost)", "all 2 streams run again, 1.0 s after the first had no owner"], happened.Select(one => one.Words));
        Assert.Empty(_book.Scene(Begin + Seconds(6)).Unowned);
    }

    [Fact]
    public void Migration_RunsAndEnds_IsShownThenToldOnce()
    {
        Settled();
        var move = Move("a", MigrationState.Releasing);

        Read(Begin + Seconds(1), moves: [move], rows: [Row("a", 10, "w1", AssignmentState.Releasing, migrating: true)]);
        var shown = Assert.Single(_book.Scene(Begin + Seconds(1)).Moves);
        move = Move("a", MigrationState.Completed);
        var happened = Read(Begin + Seconds(2), moves: [move], rows: [Row("a", 20, "w2")]);
        var again = Read(Begin + Seconds(3), moves: [move]);

        Assert.Equal(("w1", "w2", "releasing", "imbalance"), (shown.From, shown.To, shown.State, shown.Why));
        Assert.Equal("a  w1 → w2 in 0.3 s (imbalance)", Assert.Single(happened).Words);
        Assert.Empty(again);
        Assert.Empty(_book.Scene(Begin + Seconds(3)).Moves);
    }

    [Fact]
    public void FirstReading_OfALaterRunThatHasAllWorkers_BelievesNoEarlierLease()
    {
        var book = new FleetBook(ownsAll: true);

        book.Apply(Reading(workers: [Worker("w1", 10)], leases: [Lease("w1", 10)], streams: ["a"], rows: [Row("a", 10, "w1")]), Begin);

        Assert.Equal(1, book.Scene(Begin).Streams.Unowned);
        Assert.Null(book.AllRanAt);
    }

    [Fact]
    public void Worker_ThatLeft_IsShownForAWhileAndThenNamedToBeForgottenOnce()
    {
        Settled();
        Read(Begin + Seconds(1), leases: [Lease("w2", 20, LeaseState.Fenced, stopped: true)], rows: [Row("b", 10, "w1")]);

        Assert.Empty(_book.Gone(Begin + Seconds(2)));
        Assert.Equal(WorkerStanding.Left, _book.Scene(Begin + Seconds(2)).Workers[1].Standing);
        Assert.Equal(["w2"], _book.Gone(Begin + Seconds(60)));
        _book.Forgot("w2");
        Assert.Empty(_book.Gone(Begin + Seconds(61)));
        Assert.Single(_book.Scene(Begin + Seconds(60)).Workers);
    }

    [Fact]
    public void Stream_PausedOrWithdrawn_IsNotUnowned()
    {
        Settled();

        Read(Begin + Seconds(1), streamRows: [Stream("a", StreamHold.Paused), Stream("b", StreamHold.Withdrawn)], rows: [Row("a", 10, "w1", AssignmentState.Unowned), Row("b", 20, "w2", AssignmentState.Unowned)]);

        Assert.Equal(new StreamCounts(1, 0, 0, 0, 0, 1), _book.Scene(Begin + Seconds(1)).Streams);
        Assert.Empty(_book.Scene(Begin + Seconds(1)).Unowned);
    }

    [Fact]
    public void ManyHappenings_AreBounded()
    {
        for (var at = 0; at < 500; at++)
            _book.Say(new(Seconds(at), HappeningKind.Plain, "said"));

        Assert.Equal(200, _book.Scene(Begin).Happenings.Count);
        Assert.Equal(Seconds(499), _book.Scene(Begin).Happenings[0].At);
    }

    private void Settled() =>
        Read(Begin, workers: [Worker("w1", 10), Worker("w2", 20)], leases: [Lease("w1", 10), Lease("w2", 20)], streams: ["a", "b"], rows: [Row("a", 10, "w1"), Row("b", 20, "w2")]);

    private IReadOnlyList<Happening> Read(
        TimeSpan now, StoredWorker[]? workers = null, StoredLease[]? leases = null, string[]? streams = null, StoredAssignment[]? rows = null, StoredMigration[]? moves = null, StoredStream[]? streamRows = null) =>
        _book.Apply(Reading(workers, leases, streams, rows, moves, streamRows), now);

    private static PlanningReading Reading(
        StoredWorker[]? workers = null, StoredLease[]? leases = null, string[]? streams = null, StoredAssignment[]? rows = null, StoredMigration[]? moves = null, StoredStream[]? streamRows = null) => new(
        new PoolChanges(new ChangeMark(1), workers ?? [], leases ?? [], streamRows ?? [.. (streams ?? []).Select(stream => Stream(stream, StreamHold.None))], rows ?? []),
        null, [], moves ?? [], default, TimeSpan.Zero);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static StoredWorker Worker(string id, long life) => new() { Worker = WorkerId.Parse(id), Newest = new Incarnation(life), Process = "p", Pool = "default", Capacity = 10 };

    private static StoredLease Lease(string worker, long life, LeaseState state = LeaseState.Live, bool stopped = false) =>
        new() { Worker = WorkerId.Parse(worker), Incarnation = new Incarnation(life), Process = "p", State = state, Stopped = stopped };

    private static StoredStream Stream(string id, StreamHold hold) => new() { Stream = StreamId.Parse(id), Pool = "default", Kind = "demo", Hold = hold };

    private static StoredAssignment Row(string stream, long life, string worker, AssignmentState state = AssignmentState.Owned, bool migrating = false) =>
        new() { Stream = StreamId.Parse(stream), Pool = "default", Worker = WorkerId.Parse(worker), Incarnation = new Incarnation(life), State = state, Migrating = migrating };

    private static StoredMigration Move(string stream, MigrationState state) => new()
    {
        CorrelationId = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        Pool = "default",
        Stream = StreamId.Parse(stream),
        Source = new Incarnation(10),
        Target = new Incarnation(20),
        State = state,
        Reason = "Imbalance",
        StartedAt = DateTime.UnixEpoch,
        EndedAt = state == MigrationState.Completed ? DateTime.UnixEpoch.AddSeconds(0.3) : null,
    };
}
