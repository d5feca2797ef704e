using Microsoft.EntityFrameworkCore;
using Weir.Contracts.Workers;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Registry.Silence;
using Weir.Registry.Tests.Stage;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Registry.Tests;

/// <summary>After the broker was away, for a fleet of two: too few to be a mass.</summary>
[Integration]
[Slow]
public sealed class BrokerBackTests(RegistryScope scope) : IClassFixture<RegistryScope>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BrokerBack_WhoIsSlowToComeBackIsNotFencedForIt_WhoFallsSilentAgainIs()
    {
        await using var broker = await TestServers.OwnBrokerAsync(Cancel);
        await using var registry = await RegistryHost.StartAsync(broker.Address, scope.Database);
        await using var facts = await RawClient.ConnectAsync(broker.Address);
        await facts.HearAsync("", "weir.events");
        await using var slow = await RawWorker.StartAsync(broker.Address, "slow");
        await using var quick = await RawWorker.StartAsync(broker.Address, "quick");
        await slow.RegisterAsync();
        await quick.RegisterAsync();
        await slow.RenewAsync();
        await Eventually.TrueAsync("the way of the beats to be proved", _ => Task.FromResult(registry.Of<CanaryState>().Now.Back > 0), TimeSpan.FromSeconds(10), Cancel);

        await broker.FreezeAsync(Cancel);
        var away = registry.Of<SilenceWatch>().Looks + (int)(1.5 * LeaseTimes.Fast.Beat / LeaseTimes.Fast.Look);
        await Eventually.TrueAsync("the way to be away for longer than a period of beats", _ => Task.FromResult(registry.Of<SilenceWatch>().Looks >= away), TimeSpan.FromSeconds(30), Cancel);
        await broker.ThawAsync(Cancel);
        await quick.RenewAsync();
        var lost = await facts.FirstAsync<WorkerLost>(_ => true);

        Assert.Equal(quick.Incarnation, lost.Incarnation);
        Assert.Equal(LeaseState.Live, await registry.ReadAsync((db, token) => db.Leases.Where(row => row.Incarnation == new Incarnation(slow.Incarnation)).Select(row => row.State).SingleAsync(token)));
    }
}
