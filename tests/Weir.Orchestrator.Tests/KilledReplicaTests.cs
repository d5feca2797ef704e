using Microsoft.EntityFrameworkCore;
using Weir.Contracts.Planning;
using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Sagas;
using Weir.Orchestrator.Tests.Stage;
using Weir.Persistence.Rows;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Orchestrator.Tests;

/// <summary>kill -9 of a replica while its migrations stand in each of their states: another carries every one of them to its end.</summary>
[Chaos]
[Slow]
public sealed class KilledReplicaTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [Seed("balancing.failure-recovery-during-balancing")]
    [InlineData(MigrationState.Releasing, false, MigrationState.Completed)]
    [InlineData(MigrationState.Starting, false, MigrationState.Completed)]
    [InlineData(MigrationState.Starting, true, MigrationState.RolledBack)]
    public async Task Replica_KilledInAState_AnotherEndsEveryMigration(MigrationState at, bool refuses, MigrationState end)
    {
        await using var servers = await Servers.OpenAsync();
        await using var store = await PlainStore.OpenAsync(servers.Database);
        await using var killed = await OrchestratorProcess.StartAsync(servers, "killed");
        await OpenAsync(store, killed);
        await using var fleet = await Fleet.BesideAsync(servers, store.Given, workers: 2);
        await fleet.Given.StreamsAsync(Fleet.Names(12));
        await fleet.AllOwnedAsync(12);

        // The movement stands still in the wanted state: nobody answers what is asked there.
        if (at == MigrationState.Releasing)
            foreach (var worker in fleet.Workers) worker.OnRelease = _ => RawAnswer.Ignores;
        var joined = await fleet.JoinAsync("w9", worker => worker.OnStart = _ => at == MigrationState.Starting ? RawAnswer.Ignores : RawAnswer.Does);
        await Eventually.TrueAsync($"migrations in {at}", async _ => (await fleet.Given.MigrationsInAsync(at)).Count == 4, Replica.Bound, Cancel);
        killed.Kill();
        await killed.EndsAsync(TimeSpan.FromSeconds(10), Cancel);
        var open = (await fleet.Given.MigrationsInAsync(MigrationState.Releasing, MigrationState.Starting)).Select(move => move.CorrelationId).ToHashSet();

        foreach (var worker in fleet.Workers) worker.OnRelease = _ => RawAnswer.Does;
        joined.OnStart = _ => refuses ? RawAnswer.Refuses : RawAnswer.Does;
        await using var other = await Replica.StartAsync(servers, "other");
        await Eventually.TrueAsync("those migrations to be over", async _ => (await EndedAsync(fleet, open)).Count == open.Count, Patience.Seconds(60), Cancel);
        var ended = await EndedAsync(fleet, open);
        joined.OnStart = _ => RawAnswer.Does;
        await fleet.AllOwnedAsync(12);

        Assert.Equal(4, open.Count);
        Assert.Equal([end], ended.Distinct());
        Assert.DoesNotContain(await fleet.Given.RowsAsync(), row => row.Migrating || row.State != AssignmentState.Owned);
        Assert.Equal(12, fleet.Workers.Sum(worker => worker.Running.Count));
    }

    [Theory]
    [Seed("failure.orchestrator-unavailability")]
    [InlineData(8201)]
    [InlineData(8202)]
    public async Task Replica_KilledAtARandomMomentOfMoves_NothingStaysOpenAndNothingRunsTwice(int seed)
    {
        var random = new Random(seed);
        await using var servers = await Servers.OpenAsync();
        await using var store = await PlainStore.OpenAsync(servers.Database);
        await using var killed = await OrchestratorProcess.StartAsync(servers, "killed");
        await OpenAsync(store, killed);
        await using var fleet = await Fleet.BesideAsync(servers, store.Given, workers: 3);
        await fleet.Given.StreamsAsync(Fleet.Names(60));
        await fleet.AllOwnedAsync(60);

        await fleet.JoinAsync("w9");
        var moves = random.Next(1, 15);
        await Eventually.TrueAsync($"{moves} moves (seed {seed})", async _ => (await fleet.Given.MigrationsAsync()).Count >= moves, Replica.Bound, Cancel);
        killed.Kill();
        await killed.EndsAsync(TimeSpan.FromSeconds(10), Cancel);
        await using var other = await Replica.StartAsync(servers, "other");
        await Eventually.TrueAsync($"fifteen on each (seed {seed})", _ => Task.FromResult(fleet.Workers.All(worker => worker.Running.Count == 15)), Patience.Seconds(60), Cancel);
        await Eventually.TrueAsync(
            $"no migration to be open (seed {seed})", async _ => (await fleet.Given.MigrationsInAsync(MigrationState.Releasing, MigrationState.Starting)).Count == 0, Replica.Bound, Cancel);
        await fleet.AllOwnedAsync(60);

        Assert.Equal(60, fleet.Workers.Sum(worker => worker.Running.Count));
        Assert.Equal(60, fleet.Workers.SelectMany(worker => worker.Running.Keys).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    [Seed("failure.orchestrator-unavailability")]
    public async Task Replica_KilledBetweenARequestsTakingAndItsPlan_AnotherMakesThePlanAndNamesIt()
    {
        await using var servers = await Servers.OpenAsync();
        await using var store = await PlainStore.OpenAsync(servers.Database);
        // Somebody else has the turn: the request is taken here, and its plan is not made.
        await store.Given.RunAsync(db => db.PlannerTurns.Add(new StoredPlannerTurn { Pool = Given.Pool, Holder = "hung", Until = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(50) }));
        await using var killed = await OrchestratorProcess.StartAsync(servers, "killed");
        await OpenAsync(store, killed);
        await using var fleet = await Fleet.BesideAsync(servers, store.Given, workers: 1);
        await using var facts = await RawFacts.StartAsync(servers.Broker);
        using var broker = new ManagementApi(servers.Broker);
        await Eventually.TrueAsync("its queue of requests", token => broker.HasQueueAsync("weir.orchestrator.requests", token), Replica.Bound, Cancel);
        await fleet.Worker("w1").PutAsync("weir.orchestrator.requests", new RequestRebalance("asked-1", Given.Pool, "me"));
        await Eventually.TrueAsync("the request to be taken", async _ => (await WaitingAsync(store)).SequenceEqual(["asked-1"]), Replica.Bound, Cancel);
        killed.Kill();
        await killed.EndsAsync(TimeSpan.FromSeconds(10), Cancel);
        Assert.Empty(await store.Given.PlansAsync());

        await store.Given.RunAsync(db => db.PlannerTurns.Where(turn => turn.Holder == "hung").ExecuteDeleteAsync(Cancel));
        await using var other = await Replica.StartAsync(servers, "other");

        await facts.FirstAsync<PlanApplied>(plan => plan.Requests is ["asked-1"]);
        Assert.Empty(await WaitingAsync(store));
        Assert.Equal("other", Assert.Single(await store.Given.PlansAsync()).MadeBy);
    }

    private static Task<List<string>> WaitingAsync(PlainStore store) => store.Given.ReadAsync(db => db.Rebalances.Select(row => row.Key).ToListAsync(Cancel));

    // A worker of an era that has not begun would have to be asked for its holdings.
    private static Task OpenAsync(PlainStore store, ChildProgram child) => Eventually.TrueAsync(
        "the child to have opened the era",
        async _ => !child.HasExited ? await store.Given.ReadAsync(db => db.Eras.AnyAsync(era => era.Phase == EraPhase.Open, Cancel)) : throw new InvalidOperationException(child.Tail()),
        Patience.Seconds(30), Cancel);

    private static async Task<List<MigrationState>> EndedAsync(Fleet fleet, HashSet<Guid> moves) =>
        [.. (await fleet.Given.MigrationsAsync()).Where(move => moves.Contains(move.CorrelationId) && move.EndedAt is not null).Select(move => move.State)];
}
