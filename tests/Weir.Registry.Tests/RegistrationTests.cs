using Microsoft.EntityFrameworkCore;
using Weir.Contracts.Leases;
using Weir.Contracts.Planning;
using Weir.Contracts.Registration;
using Weir.Contracts.Workers;
using Weir.Core.Leases;
using Weir.Registry.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Registry.Tests;

/// <summary>A worker that knows only the contracts registers and beats, on real servers.</summary>
[Integration]
[Slow]
public sealed class RegistrationTests(RegistryScope scope) : IClassFixture<RegistryScope>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Seed("registration.successful-registration-flow")]
    [Seed("orchestrator.heartbeat-processing")]
    public async Task Register_ThenBeat_IsAnsweredAndTold()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var facts = await FactsAsync();
        await using var worker = await RawWorker.StartAsync(scope.Broker, "end-to-end");

        var incarnation = await worker.RegisterAsync();
        var renewed = await worker.RenewAsync(running: 3);

        Assert.Equal(2000, renewed.BeatMs);
        Assert.Equal(10, (await facts.FirstAsync<WorkerJoined>(fact => fact.WorkerId == "end-to-end")).Capacity);
        await facts.FirstAsync<PoolChanged>(change => change.Pool == "default");
        var lease = await registry.ReadAsync((db, token) => db.Leases.SingleAsync(row => row.Incarnation == new Core.Identity.Incarnation(incarnation), token));
        Assert.Equal((3, 0.5, 1L << 20, LeaseState.Live), (lease.Running, lease.CpuShare, lease.MemoryBytes, lease.State));
    }

    [Fact]
    [Seed("registration.registration-retry-mechanisms")]
    public async Task Register_InParts_IsAnsweredWhenAllAreIn()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var worker = await RawWorker.StartAsync(scope.Broker, "in-parts");

        await worker.AskAsync(worker.Registration(1, part: 2, parts: 2, 10, new Holding("b", 2, true)));
        await worker.AskAsync(worker.Registration(1, part: 1, parts: 2, 10, new Holding("a", 1, false)));
        var answer = await worker.Client.FirstAsync<WorkerRegistered>(_ => true);
        await worker.AskAsync(worker.Registration(1, part: 1, parts: 1));
        var again = await Testing.Waiting.Eventually.GetAsync("a second answer", _ => Task.FromResult(worker.Client.All<WorkerRegistered>().Skip(1).FirstOrDefault()), TimeSpan.FromSeconds(20), Cancel);

        Assert.Equal(answer.Incarnation, again.Incarnation);
        var held = await registry.ReadAsync((db, token) => db.Observations.Where(row => row.Incarnation == new Core.Identity.Incarnation(answer.Incarnation)).OrderBy(row => row.Epoch).ToListAsync(token));
        Assert.Equal(["a:False", "b:True"], held.Select(row => $"{row.Stream}:{row.Stopping}"));
        Assert.Equal(0, await registry.ReadAsync((db, token) => db.Parts.CountAsync(token)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Register_WithoutCapacity_IsRefusedInWords(double capacity)
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var worker = await RawWorker.StartAsync(scope.Broker, "no-capacity");

        await worker.AskAsync(worker.Registration(capacity: capacity));
        var refused = await worker.Client.FirstAsync<RegistrationRefused>(_ => true);

        Assert.False(refused.Superseded);
        Assert.Equal($"Capacity is '{capacity}'; a number above 0 and at most 1,000,000 is right", refused.Reason);
    }

    [Fact]
    [Seed("registration.duplicate-registration-handling")]
    public async Task Register_SameNameTwice_FencesTheFirstAndTellsIt()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var facts = await FactsAsync();
        await using var first = await RawWorker.StartAsync(scope.Broker, "twin", "p1");
        await using var second = await RawWorker.StartAsync(scope.Broker, "twin", "p2");
        var before = await first.RegisterAsync();

        var after = await second.RegisterAsync();
        await first.BeatAsync();
        var refused = await first.Client.FirstAsync<LeaseRefused>(_ => true);
        await first.AskAsync(first.Registration(2));
        var superseded = await first.Client.FirstAsync<RegistrationRefused>(_ => true);
        await second.RenewAsync();

        Assert.True(after > before, $"{after} is not above {before}");
        Assert.Equal(LeaseRefusal.Superseded, refused.Reason);
        Assert.True(superseded.Superseded);
        Assert.Equal(LossReason.Superseded, (await facts.FirstAsync<WorkerLost>(fact => fact.Incarnation == before)).Reason);
    }

    [Fact]
    public async Task Beat_OfAnUnknownLife_IsAskedToRegister()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var worker = await RawWorker.StartAsync(scope.Broker, "stranger");

        await worker.BeatAsync(incarnation: 4711);
        await worker.BeatAsync(incarnation: 4711);
        var again = await worker.Client.FirstAsync<RegisterAgain>(_ => true);

        Assert.Equal(4711, again.Incarnation);
        Assert.Single(worker.Client.All<RegisterAgain>());
    }

    [Fact]
    public async Task Beat_EachFourth_PutsAMarkIntoTheCommandQueue()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var worker = await RawWorker.StartAsync(scope.Broker, "marked");
        await worker.RegisterAsync();

        for (var beat = 0; beat < 4; beat++) await worker.RenewAsync();
        var mark = await worker.Client.FirstAsync<CommandMark>(_ => true);

        Assert.Equal((worker.Incarnation, 4L), (mark.Incarnation, mark.Mark));
    }

    [Fact]
    public async Task Beat_WithStuckHandlers_CordonsTheWorker()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var worker = await RawWorker.StartAsync(scope.Broker, "stuck");
        await worker.RegisterAsync();

        await worker.BeatAsync(running: 1, stuck: 1);

        await Testing.Waiting.Eventually.TrueAsync(
            "the worker to be cordoned", async _ => await registry.ReadAsync((db, token) => db.Workers.AnyAsync(row => row.Worker == Core.Identity.WorkerId.Parse("stuck") && row.Cordoned, token)), TimeSpan.FromSeconds(10), Cancel);
    }

    [Fact]
    public async Task Drain_OfAWorkerThatRunsNothing_IsToldOnce()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var facts = await FactsAsync();
        await using var worker = await RawWorker.StartAsync(scope.Broker, "drained");
        await worker.RegisterAsync();

        await worker.Client.SendAsync("weir.registry.lifecycle", new DrainWorker("drained", worker.Incarnation, "worker"));
        await Testing.Waiting.Eventually.TrueAsync(
            "the drain to be taken", async _ => await registry.ReadAsync((db, token) => db.Workers.AnyAsync(row => row.Worker == Core.Identity.WorkerId.Parse("drained") && row.Draining, token)), TimeSpan.FromSeconds(10), Cancel);
        await worker.RenewAsync(running: 1);
        Assert.Empty(facts.All<WorkerDrained>());
        await worker.RenewAsync();
        await worker.RenewAsync();
        await worker.Client.SendAsync("weir.registry.lifecycle", new WorkerStopped("drained", worker.Incarnation, "done\u001b[31m\0"));
        var left = await facts.FirstAsync<WorkerLeft>(fact => fact.Incarnation == worker.Incarnation);

        Assert.Equal("done?[31m?", left.Reason);
        Assert.Single(facts.All<WorkerDrained>());
        var lease = await registry.ReadAsync((db, token) => db.Leases.SingleAsync(row => row.Incarnation == new Core.Identity.Incarnation(worker.Incarnation), token));
        Assert.True(lease.Stopped, "the lease is not stopped");
    }

    private async Task<RawClient> FactsAsync()
    {
        var client = await RawClient.ConnectAsync(scope.Broker);
        await client.HearAsync("", "weir.events");
        return client;
    }
}
