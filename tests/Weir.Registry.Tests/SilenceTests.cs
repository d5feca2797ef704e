using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Weir.Contracts.Leases;
using Weir.Contracts.Workers;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Registry.Silence;
using Weir.Registry.Tests.Stage;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Registry.Tests;

/// <summary>Who falls silent is lost in the time that is promised, and nobody is lost who was only not heard.</summary>
[Integration]
[Slow]
public sealed class SilenceTests(RegistryScope scope) : IClassFixture<RegistryScope>
{
    // Suspected as soon as by default, and fenced so late that whoever comes back in the meantime need not hurry.
    private const string Patient = """{"lookMs":250,"beatMs":2000,"suspectMs":3000,"fenceAfterMs":60000,"ttlMs":60000}""";

    // A replica may be slow to look, and is slow to fence then; a process whose queues are gone is lost long before its silence ends it.
    private const string FoundByQueues = """{"lookMs":5000,"beatMs":6000,"suspectMs":7000,"fenceAfterMs":20000,"ttlMs":20000}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Seed("4.1")]
    [Seed("orchestrator.failed-instance-detection")]
    public async Task Silent_WorkerIsSuspectThenLost_AndNeverRenewedAgain()
    {
        await using var registry = await StartAsync(scope.Broker);
        await using var facts = await FactsAsync(scope.Broker);
        await using var worker = await RawWorker.StartAsync(scope.Broker, "silent");
        await worker.RegisterAsync();
        var since = Stopwatch.GetTimestamp();
        await worker.RenewAsync();

        var suspected = await facts.FirstAsync<WorkerSuspected>(fact => fact.Incarnation == worker.Incarnation);
        var lost = await facts.FirstAsync<WorkerLost>(fact => fact.Incarnation == worker.Incarnation);
        var elapsed = Stopwatch.GetElapsedTime(since);
        await worker.BeatAsync();
        var refused = await worker.Client.FirstAsync<LeaseRefused>(_ => true);

        // Each look that comes late on a busy machine begins the watch anew; the longer wait of a mass would be no fault of the machine.
        Assert.InRange(elapsed, LeaseTimes.Fast.FenceAfter, LeaseTimes.Fast.MassFenceAfter);
        Assert.Equal((LossReason.Silent, LeaseRefusal.Fenced), (lost.Reason, refused.Reason));
        Assert.InRange(suspected.QuietMs, 3000, 4000);
    }

    [Fact]
    [Seed("failure.recovery-detection")]
    public async Task Silent_WorkerBeatsBeforeFencing_Recovers()
    {
        await using var registry = await StartAsync(scope.Broker);
        await using var facts = await FactsAsync(scope.Broker);
        await PoolAsync(registry, "patient", Patient);
        await using var worker = await RawWorker.StartAsync(scope.Broker, "comes-back", pool: "patient");
        await worker.RegisterAsync();

        await facts.FirstAsync<WorkerSuspected>(fact => fact.Incarnation == worker.Incarnation);
        await worker.RenewAsync();
        await facts.FirstAsync<WorkerRecovered>(fact => fact.Incarnation == worker.Incarnation);

        Assert.DoesNotContain(facts.All<WorkerLost>(), fact => fact.Incarnation == worker.Incarnation);
    }

    [Fact]
    public async Task Dead_ProcessIsFoundByItsQueues()
    {
        // The event exchange of a broker is in one virtual host: the test's own scope is heard through it by name.
        await using var registry = await StartAsync(scope.Broker);
        await Eventually.TrueAsync("the broker's events to be heard", _ => Task.FromResult(registry.Of<QueuePresence>().IsTold == true), TimeSpan.FromSeconds(10), Cancel);
        await using var facts = await FactsAsync(scope.Broker);
        await PoolAsync(registry, "found-by-queues", FoundByQueues);
        var worker = await RawWorker.StartAsync(scope.Broker, "dies", pool: "found-by-queues");
        await worker.RegisterAsync();
        await worker.RenewAsync();

        var since = Stopwatch.GetTimestamp();
        await worker.DisposeAsync();
        var lost = await facts.FirstAsync<WorkerLost>(fact => fact.Incarnation == worker.Incarnation);

        Assert.InRange(Stopwatch.GetElapsedTime(since), LeaseTimes.QueuesGoneFor, TimeSpan.FromSeconds(15));
        Assert.Equal(LossReason.ProcessDied, lost.Reason);
    }

    [Fact]
    public async Task Reconnect_WithinTheGrace_CostsNothing()
    {
        await using var registry = await StartAsync(scope.Broker);
        await Eventually.TrueAsync("the broker's events to be heard", _ => Task.FromResult(registry.Of<QueuePresence>().IsTold == true), TimeSpan.FromSeconds(10), Cancel);
        await using var facts = await FactsAsync(scope.Broker);
        await PoolAsync(registry, "patient", Patient);
        var worker = await RawWorker.StartAsync(scope.Broker, "resets", pool: "patient");
        var incarnation = await worker.RegisterAsync();

        var next = await RawClient.ConnectAsync(scope.Broker);
        await worker.DisposeAsync();
        await using var back = await RawWorker.StartAsync(next, "resets");
        await facts.FirstAsync<WorkerSuspected>(fact => fact.Incarnation == incarnation);

        Assert.DoesNotContain(facts.All<WorkerLost>(), fact => fact.Incarnation == incarnation);
    }

    [Fact]
    public async Task TwoReplicas_TellOfALossOnce()
    {
        await using var first = await StartAsync(scope.Broker);
        await using var second = await StartAsync(scope.Broker);
        await using var facts = await FactsAsync(scope.Broker);
        await using var worker = await RawWorker.StartAsync(scope.Broker, "watched-twice");
        await worker.RegisterAsync();
        for (var beat = 0; beat < 6; beat++) await worker.RenewAsync();

        await facts.FirstAsync<WorkerLost>(fact => fact.Incarnation == worker.Incarnation);
        await LooksAsync(first, 4);
        await LooksAsync(second, 4);
        var (suspects, losses) = (facts.All<WorkerSuspected>().Count(fact => fact.Incarnation == worker.Incarnation), facts.All<WorkerLost>().Count(fact => fact.Incarnation == worker.Incarnation));

        Assert.Equal((1, 1), (suspects, losses));
    }

    [Fact]
    public async Task FrozenBroker_FencesNobody()
    {
        await using var broker = await TestServers.OwnBrokerAsync(Cancel);
        await using var registry = await StartAsync(broker.Address);
        await using var worker = await RawWorker.StartAsync(broker.Address, "cut-off");
        var incarnation = new Incarnation(await worker.RegisterAsync());
        await worker.RenewAsync();

        await broker.FreezeAsync(Cancel);
        // Twice the time after which a silent worker would be lost.
        await LooksAsync(registry, (int)(2 * LeaseTimes.Fast.FenceAfter / LeaseTimes.Fast.Look));
        var during = await StateAsync(registry, incarnation);
        await broker.ThawAsync(Cancel);

        Assert.Equal(LeaseState.Live, during);
    }

    // Leases that other tests left behind would be silent together with this one's: a mass, and longer waits.
    private async Task<RegistryHost> StartAsync(BrokerAddress broker)
    {
        var registry = await RegistryHost.StartAsync(broker, scope.Database);
        await registry.WriteAsync($"UPDATE leases SET state = 'Fenced', stopped = TRUE WHERE state = 'Live'");
        return registry;
    }

    private static Task PoolAsync(RegistryHost registry, string pool, string settings) =>
        registry.WriteAsync($"INSERT INTO pools (pool, version, settings) VALUES ({pool}, 0, {settings}::jsonb) ON CONFLICT (pool) DO NOTHING");

    private static Task<LeaseState> StateAsync(RegistryHost registry, Incarnation incarnation) =>
        registry.ReadAsync((db, token) => db.Leases.Where(row => row.Incarnation == incarnation).Select(row => row.State).SingleAsync(token));

    private static Task LooksAsync(RegistryHost registry, int more)
    {
        var until = registry.Of<SilenceWatch>().Looks + more;
        return Eventually.TrueAsync($"{more} more looks", _ => Task.FromResult(registry.Of<SilenceWatch>().Looks >= until), TimeSpan.FromSeconds(30), Cancel);
    }

    private static async Task<RawClient> FactsAsync(BrokerAddress broker)
    {
        var client = await RawClient.ConnectAsync(broker);
        await client.HearAsync("", "weir.events");
        return client;
    }
}
