using Microsoft.EntityFrameworkCore;
using Weir.Contracts.Ownership;
using Weir.Contracts.Planning;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Sagas;
using Weir.Orchestrator.Migrations;
using Weir.Orchestrator.Tests.Migrations;
using Weir.Orchestrator.Tests.Stage;
using Weir.Orchestrator.Waking;
using Weir.Testing.Traits;
using Microsoft.Extensions.DependencyInjection;
using Listed = Weir.Contracts.Ownership.Assignments;

namespace Weir.Orchestrator.Tests.Answers;

/// <summary>A stream was granted to a worker, and the worker answers.</summary>
[Unit]
public sealed class GivenAssignment
{
    [Fact]
    public async Task WhenItStarted_ThenItIsOwned()
    {
        await using var bench = await Bench.StartAsync();
        var life = await GrantedAsync(bench, AssignmentState.Starting);

        await bench.SendAsync("answers", new StreamsStarted("w1", life.Value, [new StreamEpoch("s1", 1)]));

        Assert.Equal(AssignmentState.Owned, (await bench.Given.RowOfAsync("s1")).State);
        Assert.True(await bench.SaidAsync<StreamsRunning>(told => told.Streams[0].Epoch == 1));
    }

    [Fact]
    public async Task WhenItStartedUnderAnotherEpochOrLife_ThenNothingChanges()
    {
        await using var bench = await Bench.StartAsync();
        var life = await GrantedAsync(bench, AssignmentState.Starting);

        await bench.SendAsync("answers", new StreamsStarted("w1", life.Value, [new StreamEpoch("s1", 7)]));
        await bench.SendAsync("answers", new StreamsStarted("w1", life.Value + 1, [new StreamEpoch("s1", 1)]));

        Assert.Equal(AssignmentState.Starting, (await bench.Given.RowOfAsync("s1")).State);
        Assert.False(await bench.SaidAsync<StreamsRunning>());
    }

    [Fact]
    public async Task WhenItReleased_ThenItIsFreeAndThePoolIsLookedAt()
    {
        await using var bench = await Bench.StartAsync();
        var life = await GrantedAsync(bench, AssignmentState.Releasing);

        await bench.SendAsync("answers", new StreamsReleased("w1", life.Value, [new StreamEpoch("s1", 1)]));

        Assert.Equal(AssignmentState.Unowned, (await bench.Given.RowOfAsync("s1")).State);
        Assert.True(await bench.SaidAsync<StreamsUnowned>(told => told.Streams[0] is { FromWorkerId: "w1", Reason: Weir.Contracts.Ownership.UnownedReason.Released }));
        Assert.True(await bench.SaidAsync<PoolChanged>());
    }

    [Theory]
    [InlineData(StartRefusal.Stopping, Weir.Core.Assignments.UnownedReason.Refused, 0)]
    [InlineData(StartRefusal.NoLease, Weir.Core.Assignments.UnownedReason.Refused, 0)]
    [InlineData(StartRefusal.UnknownKind, Weir.Core.Assignments.UnownedReason.Failed, 1)]
    [InlineData(StartRefusal.Failed, Weir.Core.Assignments.UnownedReason.Failed, 1)]
    public async Task WhenItIsRefused_ThenItIsFreeAndCountsWhereNoWorkerCanRunIt(StartRefusal reason, Weir.Core.Assignments.UnownedReason unowned, int failures)
    {
        await using var bench = await Bench.StartAsync();
        var life = await GrantedAsync(bench, AssignmentState.Starting);

        await bench.SendAsync("answers", new StreamStartRefused("w1", life.Value, "s1", 1, reason));

        var row = await bench.Given.RowOfAsync("s1");
        Assert.Equal((AssignmentState.Unowned, unowned, failures), (row.State, row.Reason, row.Failures));
    }

    [Fact]
    public async Task WhenItFailedForTheThirdTime_ThenItIsQuarantined()
    {
        await using var bench = await Bench.StartAsync();
        var now = await bench.NowAsync();
        var life = await GrantedAsync(bench, AssignmentState.Owned, row => (row.Failures, row.FailingSince) = (2, now));

        await bench.SendAsync("answers", new StreamFailed("w1", life.Value, "s1", 1, "it broke"));

        Assert.Equal(StreamHold.Quarantined, (await bench.Given.RowOfAsync("s1")).Hold);
        Assert.True(await bench.SaidAsync<StreamsUnowned>(told => told.Streams[0].Reason == Weir.Contracts.Ownership.UnownedReason.Quarantined));
    }

    [Fact]
    public async Task WhenAMigrationCarriesIt_ThenTheMigrationHearsIt()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.ReleasingAsync(bench);

        await bench.SendAsync("answers", new StreamsReleased("w1", move.Source.Value, [new StreamEpoch("s1", MoveOnBench.Epoch)]));

        Assert.Equal(AssignmentState.Releasing, (await bench.Given.RowOfAsync("s1")).State);
        Assert.True(await bench.SaidAsync<MigrationHeard>(heard => heard.MigrationId == move.Id && heard.Kind == MigrationEventKind.Stopped));
    }

    [Fact]
    [Seed("streams.stream-assignment-retrieval")]
    public async Task WhenTheWorkerAsksWhatItHas_ThenItIsTold()
    {
        await using var bench = await Bench.StartAsync();
        var life = await GrantedAsync(bench, AssignmentState.Owned);

        await bench.SendAsync("answers", new GetMyAssignments("w1", life.Value, 5));

        Assert.True(await bench.SaidAsync<Listed>(listed => listed is { Question: 5, Part: 1, Parts: 1, Streams: [{ StreamId: "s1", Epoch: 1, Kind: "ticker" }] }));
    }

    [Fact]
    public async Task WhenSomebodyWantsThePoolLevel_ThenThatIsKeptOnceAndThePlannersAreWoken()
    {
        await using var bench = await Bench.StartAsync();

        await bench.SendAsync("requests", new RequestRebalance("k1", "p1"));
        await bench.SendAsync("requests", new RequestRebalance("k1", "p1"));

        var kept = Assert.Single(await bench.Given.ReadAsync(db => db.Rebalances.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(("p1", "k1"), (kept.Pool, kept.Key));
        Assert.InRange((await bench.NowAsync() - kept.AskedAt).TotalSeconds, 0, 60);
        Assert.True(await bench.SaidAsync<PoolChanged>(changed => changed.Pool == "p1"));
    }

    [Fact]
    public async Task WhenARequestForAPlanNamesWhatCannotBe_ThenItIsDroppedInWords()
    {
        await using var bench = await Bench.StartAsync();

        await bench.SendAsync("requests", new RequestRebalance(new string('k', 129), "p1"));
        await bench.SendAsync("requests", new RequestRebalance("k1", ""));
        await bench.SendAsync("requests", new RequestRebalance("k1", new string('p', 65)));

        Assert.Empty(await bench.Given.ReadAsync(db => db.Rebalances.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(3, bench.Logs.Count(line => line.Contains("A request for a rebalance was dropped", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhenAPoolChanged_ThenTheLoopIsWoken()
    {
        await using var bench = await Bench.StartAsync();

        await bench.Harness.Bus.Publish(new PoolChanged("p1"), TestContext.Current.CancellationToken);

        await bench.Services.GetRequiredService<WakeSignal>().WaitAsync(TimeSpan.FromDays(1), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static async Task<Incarnation> GrantedAsync(Bench bench, AssignmentState state, Action<Weir.Persistence.Rows.StoredAssignment>? change = null)
    {
        await bench.Given.StreamsAsync(["s1"]);
        var life = await bench.Given.WorkerAsync("w1", "p1");
        await bench.Given.RowAsync("s1", state, 1, "w1", life, change);
        return life;
    }
}
