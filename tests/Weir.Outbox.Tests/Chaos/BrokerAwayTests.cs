using Weir.Outbox.TestHost.Shop;
using Weir.Outbox.Tests.Support;
using Weir.Testing.Network;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Outbox.Tests.Chaos;

/// <summary>The broker is killed and comes back while two replicas write and deliver.</summary>
[Chaos]
public sealed class BrokerAwayTests : IAsyncLifetime
{
    private ServerScope _scope = null!;
    private BrokerServer _broker = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _scope = await (await TestServers.GetAsync(Cancel)).ScopeAsync("away", Cancel);
        _broker = await TestServers.OwnBrokerAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _scope.DisposeAsync();
    }

    [Fact]
    [Slow]
    public async Task BrokerKilledAndBack_RowsWaitAndGoInOrderOverReplicas()
    {
        await using var proxy = TcpProxy.To(_broker.Address.Amqp.Port, seed: 1);
        var settings = new ShopSettings { Postgres = _scope.Database.ConnectionString, Broker = _broker.Address.Through(proxy.Port).Amqp, Consumes = false };
        await using var first = await Shop.OpenAsync(settings, Cancel);
        await using var second = await Shop.OpenAsync(settings, Cancel);
        var before = await OrdersAsync(first, second, 1, 20);
        await first.EmptyAsync(Cancel);
        await _broker.KillAsync(Cancel);
        // Held off until the probe listens: replicas that are back before it would publish to nobody.
        proxy.Cut();

        var during = await OrdersAsync(first, second, 21, 60);
        Assert.Equal(40, (await first.Outbox.ReadDepthAsync(Cancel)).Waiting);
        Assert.Equal(0, (await first.Outbox.ReadDepthAsync(Cancel)).SetAside);

        await _broker.RestartAsync(Cancel);
        await using var probe = await EventProbe.OpenAsync(_broker.Address, Cancel);
        proxy.Heal();
        await first.Services.WaitForOutboxEmpty<ShopContext>(Patience.Seconds(90), Cancel);
        await probe.ReachAsync(40, Cancel);

        // A message that was confirmed but whose confirmation was lost comes twice; order is that of first arrivals.
        Assert.Equal(during, probe.Heard.DistinctBy(one => one.MessageId).Select(one => one.OrderId));
        Assert.Equal(60, before.Count + during.Count);
        Assert.Equal(0, (await first.Outbox.ReadDepthAsync(Cancel)).SetAside);
    }

    private static async Task<List<Guid>> OrdersAsync(Shop first, Shop second, int from, int to)
    {
        var ids = new List<Guid>();
        for (var number = from; number <= to; number++) ids.Add(await (number % 2 == 0 ? first : second).OrderAsync(number, Cancel));
        return ids;
    }
}
