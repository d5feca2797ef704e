using Weir.Core.Assignments;
using Weir.Core.Sagas;
using Weir.Orchestrator.Tests.Stage;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Orchestrator.Tests;

/// <summary>Two replicas at once, and whoever listens: one history.</summary>
[Integration]
[Slow]
public sealed class ReplicaTests : IClassFixture<ServersReady>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoReplicas_ThatBothPlanAllTheTime_GrantEachRowOnce()
    {
        await using var servers = await Servers.OpenAsync();
        // A turn that ends at once is no turn: both plan at every look, and the version alone keeps them apart.
        await using var fleet = await Fleet.OfAsync(servers, workers: 4, Eager);
        await using var second = await Replica.StartAsync(servers, "r2", Eager);
        await fleet.Given.StreamsAsync(Fleet.Names(300));
        await fleet.AllOwnedAsync(300);

        var epochs = fleet.Workers.SelectMany(worker => worker.Heard.Where(heard => heard.Name == "StartStreams"))
            .SelectMany(heard => heard.Body.GetProperty("streams").EnumerateArray().Select(stream => (Stream: stream.GetProperty("streamId").GetString(), Epoch: stream.GetProperty("epoch").GetInt64())))
            .Distinct().ToList();

        Assert.Equal(300, epochs.Count);
        var plans = await fleet.Given.PlansAsync();
        Assert.Equal(Enumerable.Range(1, plans.Count).Select(version => (long)version), plans.Select(plan => plan.Version));
    }

    [Theory]
    [Seed("streams.assignment-update-notifications")]
    [InlineData(7101)]
    [InlineData(7102)]
    public async Task Facts_ReplayedFromASnapshotThroughRandomFaults_AreTheAssignmentTable(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 4);
        await using var second = await Replica.StartAsync(servers, "r2");
        await fleet.Given.StreamsAsync(Fleet.Names(80));
        await using var replay = await FactReplay.StartAsync(servers.Broker);
        await Eventually.TrueAsync("some rows", async _ => (await fleet.Given.RowsAsync()).Count > 0, Replica.Bound, Cancel);
        await replay.FollowAsync(await fleet.Given.RowsAsync());

        foreach (var worker in fleet.Workers)
        {
            worker.OnStart = _ => Draw(random) switch { < 10 => RawAnswer.Ignores, < 14 => RawAnswer.Refuses, < 17 => RawAnswer.Fails, _ => RawAnswer.Does };
            worker.OnRelease = _ => Draw(random) < 15 ? RawAnswer.Ignores : RawAnswer.Does;
        }

        await fleet.JoinAsync("w5");
        await fleet.Given.ChangeWorkerAsync("w1", worker => worker.Draining = true);
        await fleet.Given.FenceAsync(fleet.Incarnation("w2"), TimeSpan.FromSeconds(8));
        await fleet.JoinAsync("w2", process: "p2");
        foreach (var stream in Fleet.Names(5)) await fleet.Given.ChangeStreamAsync(stream, row => row.Hold = StreamHold.Paused);
        await Eventually.TrueAsync("the drained worker to be empty of settled streams", async _ => (await fleet.Given.RowsAsync()).All(row => row.Worker?.Value != "w1" || row.State != AssignmentState.Owned), Replica.Bound, Cancel);
        foreach (var worker in fleet.Workers) (worker.OnStart, worker.OnRelease) = (_ => RawAnswer.Does, _ => RawAnswer.Does);

        await Eventually.TrueAsync(
            $"the fleet to rest (seed {seed})",
            async _ => await fleet.Given.RowsAsync() is var all
                && all.Count(row => row.Hold == StreamHold.Paused) == 5
                && all.All(row => !row.Migrating && (row.Hold == StreamHold.None ? row.State == AssignmentState.Owned : row.State == AssignmentState.Unowned))
                && (await fleet.Given.MigrationsInAsync(MigrationState.Releasing, MigrationState.Starting)).Count == 0,
            Replica.Bound, Cancel);
        var rows = await fleet.Given.RowsAsync();
        await Eventually.TrueAsync(
            $"the facts to be the table (seed {seed}): {string.Join("; ", replay.Differences(rows).Take(3))}",
            async _ => replay.Differences(await fleet.Given.RowsAsync()).Count == 0, TimeSpan.FromSeconds(10), Cancel);

        Assert.Empty(replay.Differences(await fleet.Given.RowsAsync()));
        Assert.True(replay.Heard > 10);
    }

    [Fact]
    public async Task Replica_ThatStops_IsFollowedByTheOtherWithoutWaitingForItsTurnToEnd()
    {
        await using var servers = await Servers.OpenAsync();
        await using var second = await Replica.StartAsync(servers, "r2", options => options.TurnLasts = TimeSpan.FromMinutes(1));
        await using var fleet = await Fleet.OfAsync(servers, workers: 2, options => options.TurnLasts = TimeSpan.FromMinutes(1));
        await fleet.Given.StreamsAsync(Fleet.Names(10));
        await fleet.AllOwnedAsync(10);

        await second.DisposeAsync();
        await fleet.Given.StreamsAsync(Fleet.Names(10, "t"));
        await fleet.AllOwnedAsync(20);

        Assert.Equal(20, fleet.Workers.Sum(worker => worker.Running.Count));
    }

    private static void Eager(OrchestratorOptions options)
    {
        options.TurnLasts = TimeSpan.FromMilliseconds(100);
        options.Period = TimeSpan.FromMilliseconds(20);
    }

    // Several workers draw at once.
    private static int Draw(Random random)
    {
        lock (random) return random.Next(100);
    }
}
