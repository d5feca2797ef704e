using Npgsql;
using Weir.Contracts.Ownership;
using Weir.Core.Assignments;
using Weir.Orchestrator.Tests.Stage;
using Weir.Testing.Network;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Orchestrator.Tests;

/// <summary>The database goes away while streams are on their way: what workers said meanwhile counts afterwards, and planning goes on by itself.</summary>
[Chaos]
[Slow]
public sealed class StoreAwayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Seed("orchestrator.database-error-handling")]
    public async Task Database_IsAwayWhileStreamsStart_AnswersAreTakenAndTheRestIsPlannedAfterwards()
    {
        await using var servers = await Servers.OpenAsync();
        await using var store = await PlainStore.OpenAsync(servers.Database);
        await using var proxy = TcpProxy.To(new NpgsqlConnectionStringBuilder(servers.Database.ConnectionString).Port);
        await using var replica = await Replica.StartAsync(servers, "r1", database: servers.Database.Through(proxy.Port));
        await using var fleet = await Fleet.BesideAsync(servers, store.Given, workers: 2);
        foreach (var worker in fleet.Workers) worker.OnStart = _ => RawAnswer.Ignores;
        await fleet.Given.StreamsAsync(Fleet.Names(6));
        await Eventually.TrueAsync("six streams to be granted", async _ => (await fleet.Given.RowsAsync()).Count(row => row.State == AssignmentState.Starting) == 6, Replica.Bound, Cancel);

        proxy.Cut();
        foreach (var worker in fleet.Workers) worker.OnStart = _ => RawAnswer.Does;
        foreach (var row in await fleet.Given.RowsAsync())
        {
            var worker = fleet.Worker(row.Worker!.Value.Value);
            worker.Running[row.Stream.Value] = row.Epoch.Value;
            await worker.SayAsync(new StreamsStarted(worker.Worker, row.Incarnation.Value, [new StreamEpoch(row.Stream.Value, row.Epoch.Value)]));
        }

        await fleet.Given.StreamsAsync(Fleet.Names(6, "t"));
        await Eventually.TrueAsync("the replica to have noticed", async token => await replica.HealthAsync(token) != Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, Replica.Bound, Cancel);
        var meanwhile = (await fleet.Given.RowsAsync()).Select(row => row.State).Distinct();
        proxy.Heal();
        await fleet.AllOwnedAsync(12);

        Assert.Equal([AssignmentState.Starting], meanwhile);
        Assert.Equal([6, 6], fleet.Workers.Select(worker => worker.Running.Count));
    }
}
