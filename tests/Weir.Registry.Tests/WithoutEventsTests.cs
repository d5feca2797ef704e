using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Bus;
using Weir.Contracts.Workers;
using Weir.Core.Leases;
using Weir.Registry.Silence;
using Weir.Registry.Tests.Stage;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Registry.Tests;

/// <summary>A broker without its event exchange: all goes on, what is missing is said once with its price, and silence finds the dead.</summary>
[Integration]
[Slow]
public sealed class WithoutEventsTests(RegistryScope scope) : IClassFixture<RegistryScope>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Seed("4.1")]
    public async Task Registry_StartsSaysSoAndFencesAKilledWorkerByFenceAfter()
    {
        var log = new LogLines();
        await using var registry = await StartAsync(log);
        await Eventually.TrueAsync("the broker to be asked", _ => Task.FromResult(registry.Of<QueuePresence>().IsTold == false), TimeSpan.FromSeconds(10), Cancel);
        await using var facts = await RawClient.ConnectAsync(scope.Broker);
        await facts.HearAsync("", "weir.events");
        var worker = await RawWorker.StartAsync(scope.Broker, "killed");
        await worker.RegisterAsync();

        var since = Stopwatch.GetTimestamp();
        await worker.RenewAsync();
        await worker.DisposeAsync();
        var lost = await facts.FirstAsync<WorkerLost>(fact => fact.Incarnation == worker.Incarnation);
        var elapsed = Stopwatch.GetElapsedTime(since);
        var health = await registry.HealthAsync("weir-registry");

        Assert.Equal(LossReason.Silent, lost.Reason);
        // Each look that comes late on a busy machine begins the watch anew.
        Assert.InRange(elapsed, LeaseTimes.Fast.FenceAfter, LeaseTimes.Fast.MassFenceAfter);
        Assert.Equal((HealthStatus.Healthy, "the broker does not tell of queues that are gone: a dead process is found by its silence alone"), (health.Status, health.Description));
        Assert.Equal(false, health.Data["queueEvents"]);
        Assert.Equal(
            [$"The broker does not tell of queues that are gone (no exchange amq.rabbitmq.event in '{scope.Broker.VirtualHost}': enable rabbitmq_event_exchange): a dead process is found by its silence alone, after 4 s instead of 1.5 s where a pool sets nothing else"],
            log.Of(511));
    }

    [Fact]
    public async Task Events_AreAskedForEachMinute_AndWhatIsMissingIsSaidOnce()
    {
        var log = new LogLines();
        await using var registry = await StartAsync(log);
        var clock = new WatchedClock();
        var queues = new QueuePresence(new MonotonicClock(clock));
        var process = registry.Of<RegistryProcess>() with { Name = "asks-alone" };
        var own = new LogLines();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(own));
        using var loop = new QueueEventsLoop(
            registry.Of<IOptions<WeirBusOptions>>(), registry.Of<IOptions<RegistryOptions>>(), queues, process, clock, loggers.CreateLogger<QueueEventsLoop>());

        await loop.StartAsync(Cancel);
        for (var asked = 1; asked <= 3; asked++)
            Assert.Equal(TimeSpan.FromMinutes(1), await clock.PassNextAsync(Cancel));
        await clock.PassNextAsync(Cancel);
        await loop.StopAsync(Cancel);

        Assert.Equal(false, queues.IsTold);
        Assert.Single(own.Of(511));
    }

    private Task<RegistryHost> StartAsync(LogLines log) => RegistryHost.StartAsync(scope.Broker, scope.Database, services =>
    {
        // A virtual host that the broker tells nothing in is what one without the plug-in is everywhere.
        services.Configure<RegistryOptions>(options => options.EventsVirtualHost = scope.Broker.VirtualHost);
        services.AddLogging(logging => logging.AddProvider(log));
    });
}
