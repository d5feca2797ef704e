using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Invariants;
using Weir.Core.Leases;
using Weir.Core.Planning;
using Weir.Core.Registration;
using Weir.Core.Sagas;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Planning;

/// <summary>Each rule by which rows become a snapshot. Worker w1 lives as 10, w2 as 20, unless a test says otherwise.</summary>
[Unit]
public sealed class SnapshotMakerTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(1_000);
    private static readonly StreamRows Owned = Of(AssignmentState.Owned);
    private static readonly StreamRows Unowned = Of(AssignmentState.Unowned);

    private readonly Dictionary<Incarnation, LeaseRow> _leases = [];

    [Fact]
    public void Worker_Live_IsActiveAtItsCapacity()
    {
        var pool = Make(Owned);

        Assert.Equal([(Rows.Worker, Rows.Old), (Rows.Other, Rows.New)], pool.Workers);
        Assert.Equal([WorkerState.Active, WorkerState.Active], pool.Snapshot.States);
        Assert.Equal([10, 20], [pool.Snapshot.CapacityOf(0), pool.Snapshot.CapacityOf(1)]);
    }

    [Theory]
    [InlineData(false, false, 0, WorkerState.Active)]
    [InlineData(false, false, 2.9, WorkerState.Active)]
    [InlineData(false, false, 3, WorkerState.Cordoned)]
    [InlineData(true, false, 0, WorkerState.Cordoned)]
    [InlineData(false, true, 0, WorkerState.Draining)]
    [InlineData(true, true, 3, WorkerState.Draining)]
    public void Worker_ByCordonDrainAndQuiet_HasItsState(bool cordoned, bool draining, double quiet, WorkerState state)
    {
        _leases[Rows.Old] = Rows.Lease(quiet: quiet);

        Assert.Equal(state, Make(row => row with { Cordoned = cordoned, Draining = draining }, Owned).Snapshot.States[0]);
    }

    [Fact]
    public void Worker_NewestIncarnationFencedOrUnknown_IsNoPartOfTheFleet()
    {
        _leases[Rows.Old] = Rows.Lease(state: LeaseState.Fenced);

        Assert.Equal([(Rows.Other, Rows.New)], Make(Unowned).Workers);
        Assert.Equal([(Rows.Other, Rows.New)], Make(row => row with { Newest = new Incarnation(99) }, Unowned).Workers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Worker_WithoutAShare_IsNoPartOfTheFleet(double capacity)
    {
        var maker = Maker();
        maker.AddWorker(new WorkerRow(Rows.Worker, Rows.Old, "p1", 1), capacity);

        Assert.Empty(maker.Make().Workers);
    }

    [Theory]
    [InlineData(false, StreamHold.None)]
    [InlineData(true, StreamHold.Paused)]
    [InlineData(true, StreamHold.Quarantined)]
    [InlineData(true, StreamHold.Withdrawn)]
    public void Stream_WithdrawnOrHeld_IsLeftOutAndNotWaitedFor(bool isDeclared, StreamHold hold)
    {
        var pool = Make(Owned with { IsDeclared = isDeclared, Row = Owned.Row with { Hold = hold } });

        Assert.Empty(pool.Streams);
        Assert.Equal((0, 0), (pool.Waiting, pool.PinnedAway.Count));
    }

    [Theory]
    [InlineData(AssignmentState.Owned, false, false)]
    [InlineData(AssignmentState.Owned, true, true)]
    [InlineData(AssignmentState.Starting, false, true)]
    [InlineData(AssignmentState.Releasing, false, true)]
    public void Stream_OfALivingWorker_CountsThereAndIsTakenOnlyWhileItRuns(AssignmentState state, bool migrating, bool inFlight)
    {
        var pool = Make(Of(state) with { Row = Rows.Row(state) with { Migrating = migrating } });

        Assert.Equal([0], pool.Snapshot.OwnerOf.ToArray());
        Assert.Equal(inFlight, pool.Snapshot.Notes is [{ InFlight: true }]);
    }

    [Fact]
    public void Stream_OfAnEarlierLifeThatStillHoldsItsLease_WaitsOutside()
    {
        _leases[new Incarnation(5)] = Rows.Lease(5, process: "p0");

        var pool = Make(Of(AssignmentState.Owned, incarnation: 5));

        Assert.Equal((0, 1), (pool.Streams.Count, pool.Waiting));
    }

    [Theory]
    [InlineData("p1", null, 0, 1_000, 0)]
    [InlineData("p0", "p0", 0, 1_000, 0)]
    [InlineData("p1", null, 60, 1_000, 0)]
    [InlineData("p1", null, 60, 0, 0)]
    [InlineData("p0", null, 60, 1_000, -1)]
    [InlineData("p0", "p9", 60, 1_000, -1)]
    public void Stream_OfAnEarlierLife_CountsWithItsWorkerWhereThatGetsItBack_AndIsFreeElsewhere(string before, string? predecessor, double quiet, double eraQuiet, int owner)
    {
        _leases[new Incarnation(5)] = Rows.Lease(5, LeaseState.Fenced, quiet, before);
        _leases[Rows.Old] = Rows.Lease() with { Predecessor = predecessor };
        var maker = Maker(eraQuiet);
        maker.AddWorker(new WorkerRow(Rows.Worker, Rows.Old, "p1", 1), 10);
        maker.AddStream(Of(AssignmentState.Owned, incarnation: 5));
        var pool = maker.Make();

        Assert.Equal([owner], pool.Snapshot.OwnerOf.ToArray());
        Assert.Equal(owner == 0, pool.Snapshot.Notes is [{ InFlight: true }]);
    }

    [Theory]
    [InlineData(StreamClass.Unfenced, 7.9, false)]
    [InlineData(StreamClass.Unfenced, 8, true)]
    [InlineData(StreamClass.Fenced, 4, true)]
    public void Stream_OfAFencedWorker_IsFreeWhenItMayBeGranted(StreamClass streamClass, double quiet, bool isFree)
    {
        _leases[new Incarnation(5)] = Rows.Lease(5, LeaseState.Fenced, quiet, process: "p0");

        var pool = Make(Of(AssignmentState.Owned, streamClass, incarnation: 5));

        Assert.Equal(isFree ? [-1] : [], pool.Snapshot.OwnerOf.ToArray());
        Assert.Equal(isFree ? 0 : 1, pool.Waiting);
    }

    [Theory]
    [InlineData(StreamClass.Unfenced, 7.9, false)]
    [InlineData(StreamClass.Unfenced, 8, true)]
    [InlineData(StreamClass.Fenced, 0, true)]
    public void Stream_WithoutAnOwnerInAYoungEra_WaitsForThoseNobodyKnowsOf(StreamClass streamClass, double eraQuiet, bool isFree)
    {
        var maker = Maker(eraQuiet);
        maker.AddStream(Of(AssignmentState.Unowned, streamClass));

        Assert.Equal(isFree ? 0 : 1, maker.Make().Waiting);
    }

    [Fact]
    public void Stream_UnownedWhileAMigrationIsAboutToEnd_WaitsOutside() =>
        Assert.Equal(1, Make(Unowned with { Row = Unowned.Row with { Migrating = true } }).Waiting);

    [Theory]
    [InlineData(10, 20, 1)]
    [InlineData(10, 99, 0)]
    [InlineData(99, 20, 1)]
    public void Stream_Moving_CountsWhereItGoesElseWhereItIs_AndIsNotTaken(long source, long target, int owner)
    {
        var pool = Make(Moving(source, target));

        Assert.Equal([owner], pool.Snapshot.OwnerOf.ToArray());
        Assert.Equal([new StreamNote(0) { InFlight = true }], pool.Snapshot.Notes);
    }

    [Fact]
    public void Stream_MovingBetweenWorkersThatAreGone_WaitsForItsMigrationToEnd()
    {
        var pool = Make(Moving(98, 99));

        Assert.Equal((0, 1), (pool.Streams.Count, pool.Waiting));
    }

    [Theory]
    [InlineData(null, 2.5)]
    [InlineData(0.0, 0)]
    [InlineData(7.5, 7.5)]
    [InlineData(-1.0, 2.5)]
    [InlineData(double.NaN, 2.5)]
    [InlineData(double.PositiveInfinity, 2.5)]
    public void Stream_ByLoadAndDeclaredWeight_CostsWhatWasMeasuredIfThatIsANumber(double? load, double weight) =>
        Assert.Equal(weight, (Owned with { DeclaredWeight = 2.5, Load = load }).Weight);

    [Fact]
    public void Stream_MeasuredByItsWorker_WeighsThatInTheSnapshot() =>
        Assert.Equal(7.5, Make(Owned with { DeclaredWeight = 2.5, Load = 7.5 }).Snapshot.WeightOf(0), 1e-6);

    [Theory]
    [InlineData("w1", 0)]
    [InlineData("w2", 1)]
    public void Stream_PinnedToAWorkerThatIsThere_CarriesThePin(string worker, int place)
    {
        var pool = Make(Unowned with { PinnedTo = WorkerId.Parse(worker) });

        Assert.Equal([new StreamNote(0) { PinnedTo = place }], pool.Snapshot.Notes);
        Assert.Empty(pool.PinnedAway);
    }

    [Fact]
    public void Stream_PinnedAwayWithAnOwner_StaysWhereItIs()
    {
        var away = Owned with { PinnedTo = WorkerId.Parse("w9") };

        var pool = Make(away);

        Assert.Equal([new PinnedAway(away.Row, WorkerId.Parse("w9"), HasOwner: true)], pool.PinnedAway);
        Assert.Equal([new StreamNote(0) { InFlight = true }], pool.Snapshot.Notes);
        Assert.Equal([0], pool.Snapshot.OwnerOf.ToArray());
    }

    [Fact]
    public void Stream_PinnedAwayWithoutAnOwner_IsLeftOutAndNamed()
    {
        var away = Unowned with { PinnedTo = WorkerId.Parse("w9") };

        var pool = Make(away);

        Assert.Equal([new PinnedAway(away.Row, WorkerId.Parse("w9"), HasOwner: false)], pool.PinnedAway);
        Assert.Equal((0, 0), (pool.Streams.Count, pool.Waiting));
    }

    [Theory]
    [InlineData(940, 60)]
    [InlineData(1_000, 0)]
    [InlineData(1_005, 0)]
    public void Stream_MovedByChoice_CoolsDownSinceThenAndNeverBeforeIt(double movedAt, double ago) =>
        Assert.Equal([new StreamNote(0) { MovedSecondsAgo = ago }], Make(Owned with { MovedAt = Rows.Seconds(movedAt) }).Snapshot.Notes);

    [Fact]
    public void Stream_WithNothingSpecial_HasNoNote() => Assert.Empty(Make(Owned).Snapshot.Notes);

    [Fact]
    public void Note_AfterAStreamThatIsLeftOut_NamesItsOwnPlace()
    {
        var pool = Make(
            Named("a", Owned with { IsDeclared = false }),
            Named("b", Unowned with { PinnedTo = WorkerId.Parse("w9") }),
            Named("c", Owned),
            Named("d", Owned with { MovedAt = Now }));

        Assert.Equal([new StreamNote(1) { MovedSecondsAgo = 0 }], pool.Snapshot.Notes);
        Assert.Equal(["c", "d"], pool.Streams.Select(row => row.Stream.Value));
    }

    [Fact]
    public void PlaceOf_EachStream_IsItsPlace_AndNoneForAnother()
    {
        var pool = Make([.. "acegi".Select(name => Named($"{name}", Owned))]);

        Assert.Equal([0, 1, 2, 3, 4], pool.Streams.Select(row => pool.PlaceOf(row.Stream)!.Value));
        Assert.All("bdfhj", name => Assert.Null(pool.PlaceOf(StreamId.Parse($"{name}"))));
    }

    [Fact]
    public void Add_OutOfTheOrderOfNames_Throws()
    {
        var maker = Maker();
        maker.AddWorker(new WorkerRow(Rows.Other, Rows.New, "p2", 1), 20);

        Assert.Throws<InvariantViolatedException>(() => maker.AddWorker(new WorkerRow(Rows.Worker, Rows.Old, "p1", 1), 10));
        Assert.Throws<InvariantViolatedException>(() => Make(Named("b", Owned), Named("a", Owned)));
        Assert.Throws<InvariantViolatedException>(() => Make(Named("a", Owned), Named("a", Owned)));
    }

    private static StreamRows Of(AssignmentState state, StreamClass streamClass = StreamClass.Unfenced, long incarnation = 10) =>
        new(Rows.Row(state, streamClass: streamClass, incarnation: incarnation)) { IsDeclared = true };

    private static StreamRows Named(string name, in StreamRows stream) => stream with { Row = stream.Row with { Stream = StreamId.Parse(name) } };

    private static StreamRows Moving(long source, long target) =>
        Owned with { Move = new MigrationRow(Rows.Stream, new Incarnation(source), new Epoch(100), new Incarnation(target)) };

    private PoolSnapshot Make(params ReadOnlySpan<StreamRows> streams) => Make(row => row, streams);

    private PoolSnapshot Make(Func<WorkerRow, WorkerRow> first, params ReadOnlySpan<StreamRows> streams)
    {
        var maker = Maker();
        maker.AddWorker(first(new WorkerRow(Rows.Worker, Rows.Old, "p1", 1)), 10);
        maker.AddWorker(new WorkerRow(Rows.Other, Rows.New, "p2", 1), 20);
        foreach (var stream in streams) maker.AddStream(stream);
        return maker.Make();
    }

    private SnapshotMaker Maker(double eraQuiet = 1_000)
    {
        _leases.TryAdd(Rows.Old, Rows.Lease());
        _leases.TryAdd(Rows.New, Rows.Lease(20, worker: Rows.Other));
        return new SnapshotMaker(_leases, EraRow.First(default, default) with { Quiet = Rows.Seconds(eraQuiet) }, Rows.Times, Now);
    }
}
