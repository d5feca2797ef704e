using Weir.Contracts.Catalogue;
using Weir.Core.Assignments;
using Weir.Core.Sagas;
using Weir.Orchestrator.Tests.Stage;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Orchestrator.Tests;

/// <summary>A whole replica on real servers, with workers that know nothing of our code.</summary>
[Integration]
[Slow]
public sealed class PlacementTests : IClassFixture<ServersReady>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Seed("orchestrator.orchestrator-initialization")]
    public async Task Streams_TwoHundredDeclared_RunEvenlyOnFourWorkers()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 4);
        await fleet.Given.StreamsAsync(Fleet.Names(200));

        await fleet.AllOwnedAsync(200);

        Assert.Equal([50, 50, 50, 50], fleet.Workers.Select(worker => worker.Running.Count));
        Assert.All(await fleet.Given.RowsAsync(), row => Assert.Equal(fleet.Worker(row.Worker!.Value.Value).Running[row.Stream.Value], row.Epoch.Value));
    }

    [Fact]
    [Seed("1.1")]
    [Seed("balancing.stream-migration-coordination")]
    public async Task Worker_Joins_GetsItsShareByTheFewestMoves()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 3);
        await fleet.Given.StreamsAsync(Fleet.Names(120));
        await fleet.AllOwnedAsync(120);

        await fleet.JoinAsync("w9");
        await Eventually.TrueAsync("the new worker to have its share", _ => Task.FromResult(fleet.Worker("w9").Running.Count == 30), Replica.Bound, Cancel);
        await fleet.AllOwnedAsync(120);

        Assert.Equal(30, (await fleet.Given.MigrationsInAsync(MigrationState.Completed)).Count);
        Assert.All(fleet.Workers, worker => Assert.Equal(30, worker.Running.Count));
    }

    [Fact]
    [Seed("streams.stream-migration-coordination")]
    public async Task Target_NeverStarts_TheMoveIsRolledBackAndTheStreamRunsSomewhere()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 1);
        await fleet.Given.StreamsAsync(Fleet.Names(4));
        await fleet.AllOwnedAsync(4);

        var mute = await fleet.JoinAsync("w9", worker => worker.OnStart = _ => RawAnswer.Ignores);
        await Eventually.TrueAsync(
            "a move to be rolled back", async _ => (await fleet.Given.MigrationsInAsync(MigrationState.RolledBack)).Count > 0, Replica.Bound, Cancel);
        mute.OnStart = _ => RawAnswer.Does;
        await fleet.AllOwnedAsync(4);

        Assert.All(await fleet.Given.RowsAsync(), row => Assert.Equal(AssignmentState.Owned, row.State));
    }

    [Fact]
    public async Task Worker_Drains_GivesEverythingAway()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 3);
        await fleet.Given.StreamsAsync(Fleet.Names(60));
        await fleet.AllOwnedAsync(60);

        await fleet.Given.ChangeWorkerAsync("w1", worker => worker.Draining = true);
        await Eventually.TrueAsync("the drained worker to be empty", _ => Task.FromResult(fleet.Worker("w1").Running.IsEmpty), Replica.Bound, Cancel);
        await fleet.AllOwnedAsync(60);

        Assert.Equal([30, 30], fleet.Workers.Where(worker => worker.Worker != "w1").Select(worker => worker.Running.Count));
    }

    [Fact]
    [Seed("1.2")]
    public async Task Worker_IsFenced_ItsFencedStreamsRunElsewhereAndItsUnfencedOnesWaitForItsQuiet()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 2);
        await fleet.Given.StreamsAsync(Fleet.Names(10));
        await fleet.Given.StreamsAsync(Fleet.Names(10, "u"), StreamClass.Unfenced);
        await fleet.AllOwnedAsync(20);

        await fleet.Given.FenceAsync(fleet.Incarnation("w1"), TimeSpan.FromSeconds(4));
        await Eventually.TrueAsync("the fenced streams to run elsewhere", _ => Task.FromResult(fleet.Worker("w2").Running.Keys.Count(name => name[0] == 's') == 10), Replica.Bound, Cancel);
        var waiting = (await fleet.Given.RowsAsync()).Count(row => row.Incarnation == fleet.Incarnation("w1"));
        await fleet.Given.FenceAsync(fleet.Incarnation("w1"), TimeSpan.FromSeconds(8));
        await fleet.AllOwnedAsync(20, "w2");

        Assert.Equal(20, fleet.Worker("w2").Running.Count);
        Assert.InRange(waiting, 1, 10);
    }

    [Fact]
    public async Task Stream_FailsThreeTimes_IsQuarantinedUntilSomebodyResumesIt()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 2);
        foreach (var worker in fleet.Workers) worker.OnStart = stream => stream == "s001" ? RawAnswer.Fails : RawAnswer.Does;
        await fleet.Given.StreamsAsync(Fleet.Names(6));

        await Eventually.TrueAsync("the quarantine", async _ => (await fleet.Given.RowsAsync()).Any(row => row.Hold == StreamHold.Quarantined), Replica.Bound, Cancel);
        var row = await fleet.Given.RowOfAsync("s001");
        foreach (var worker in fleet.Workers) worker.OnStart = _ => RawAnswer.Does;

        // What its owner declares anew does not end it: only a person does.
        await fleet.Given.ChangeStreamAsync("s001", stream => stream.Weight = 2);
        await Eventually.TrueAsync("the others to run", async _ => (await fleet.Given.RowsAsync()).Count(one => one.State == AssignmentState.Owned) == 5, Replica.Bound, Cancel);
        var meanwhile = await fleet.Given.RowOfAsync("s001");
        await fleet.Worker("w1").SayAsync("weir.orchestrator.requests", new ResumeStreams("k1", Given.Pool, ["s001", "s002", "unknown", "no name!"]));
        await fleet.AllOwnedAsync(6);

        Assert.Equal((AssignmentState.Unowned, StreamHold.Quarantined), (meanwhile.State, meanwhile.Hold));
        Assert.Equal(0, (await fleet.Given.RowOfAsync("s001")).Failures);

        Assert.Equal((AssignmentState.Unowned, 3), (row.State, row.Failures));
    }
}
