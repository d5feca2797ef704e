using Weir.Contracts.Holdings;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Orchestrator.Tests.Stage;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Orchestrator.Tests;

/// <summary>Who comes back gets what it had; what runs otherwise than granted is told again; another life of the database asks first.</summary>
[Integration]
[Slow]
public sealed class ReturnTests : IClassFixture<ServersReady>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_RegistersAgain_KeepsItsStreamsAtNewEpochsWithoutMoves()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 2);
        await fleet.Given.StreamsAsync(Fleet.Names(20), StreamClass.Unfenced);
        await fleet.AllOwnedAsync(20);
        var before = await fleet.Given.RowsAsync();

        var again = await fleet.Given.WorkerAsync("w1", "p1");
        await Eventually.TrueAsync(
            "its streams to be its new life's", async _ => (await fleet.Given.RowsAsync()).Count(row => row.Incarnation == again && row.State == AssignmentState.Owned) == 10, Replica.Bound, Cancel);
        await fleet.AllOwnedAsync(20);

        var after = (await fleet.Given.RowsAsync()).ToDictionary(row => row.Stream);
        Assert.All(before, row => Assert.Equal(row.Worker, after[row.Stream].Worker));
        Assert.All(before.Where(row => row.Worker!.Value.Value == "w1"), row => Assert.True(after[row.Stream].Epoch > row.Epoch));
        Assert.Empty(await fleet.Given.MigrationsAsync());
    }

    [Fact]
    public async Task Worker_ListsAStreamThatNobodyGrantsIt_IsToldToStopIt()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 1);
        await fleet.Given.StreamsAsync(Fleet.Names(2));
        await fleet.AllOwnedAsync(2);
        var epoch = (await fleet.Given.RowOfAsync("s001")).Epoch;

        await using var stray = await RawWorker.StartAsync(servers.Broker, "w2", "p1");
        var life = await fleet.Given.WorkerAsync("w2", "p1", capacity: 1);
        await fleet.Given.HoldingAsync(life, "s001", epoch.Value - 1);
        await fleet.Given.ChangeLeaseAsync(life, lease => lease.Digest = 12345);

        // Its beats go on and its digest does not fit: it is asked, and what it listed is compared.
        var sequence = 0L;
        await Eventually.TrueAsync(
            "the stray stream to be taken back",
            async _ =>
            {
                await fleet.Given.ChangeLeaseAsync(life, lease => lease.Sequence = ++sequence);
                return stray.Heard.Any(heard => heard.Name == "ReleaseStreams" && heard.Body.GetProperty("streams")[0].GetProperty("streamId").GetString() == "s001");
            },
            Replica.Bound, Cancel);

        Assert.Equal(WorkerId.Parse("w1"), (await fleet.Given.RowOfAsync("s001")).Worker);
    }

    [Fact]
    public async Task Database_IsAnotherOne_NothingIsGrantedUntilEveryWorkerWasHeard()
    {
        await using var servers = await Servers.OpenAsync();
        await using var fleet = await Fleet.OfAsync(servers, workers: 2);
        await fleet.Given.StreamsAsync(Fleet.Names(4));
        await fleet.AllOwnedAsync(4);
        var highest = (await fleet.Given.RowsAsync()).Max(row => row.Epoch);

        await fleet.Given.RunAsync(async db => (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(
            Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AsTracking(db.Eras), Cancel)).Timeline += 1);
        await fleet.Given.StreamsAsync(["t1"]);
        await Eventually.TrueAsync("both to be asked", _ => Task.FromResult(fleet.Workers.All(worker => worker.Heard.Any(heard => heard.Name == nameof(ReportHoldings)))), Replica.Bound, Cancel);
        var whileCollecting = await fleet.Given.RowsAsync();
        var question = fleet.Worker("w1").Heard.First(heard => heard.Name == nameof(ReportHoldings)).Body.GetProperty("question").GetInt64();
        foreach (var row in whileCollecting) await fleet.Given.HoldingAsync(row.Incarnation, row.Stream.Value, row.Epoch.Value);
        await fleet.Given.ChangeLeaseAsync(fleet.Incarnation("w1"), lease => lease.ListedIn = new Epoch(question));
        await fleet.Given.ChangeLeaseAsync(fleet.Incarnation("w2"), lease => lease.ListedIn = new Epoch(question));
        await fleet.AllOwnedAsync(5);

        Assert.Equal(4, whileCollecting.Count);
        Assert.True(question > highest.Value);
        Assert.True((await fleet.Given.RowOfAsync("t1")).Epoch.Value > question);
    }
}
