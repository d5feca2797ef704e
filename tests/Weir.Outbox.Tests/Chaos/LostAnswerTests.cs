using Weir.Outbox.TestHost.Faults;
using Weir.Outbox.TestHost.Shop;
using Weir.Outbox.Tests.Support;
using Weir.Testing.Network;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Npgsql;

namespace Weir.Outbox.Tests.Chaos;

/// <summary>The database commits, and the network loses its answer.</summary>
[Chaos]
public sealed class LostAnswerTests : IAsyncLifetime
{
    private ServerScope _scope = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scope = await (await TestServers.GetAsync(Cancel)).ScopeAsync("answer", Cancel);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Fact]
    [Slow]
    public async Task CommitAnswerLost_MessageIsRetriedAndTakesEffectOnce()
    {
        await using var proxy = TcpProxy.To(new NpgsqlConnectionStringBuilder(_scope.Database.ConnectionString).Port);
        var settings = new ShopSettings
        {
            Postgres = _scope.Database.Through(proxy.Port).ConnectionString,
            Broker = _scope.Broker.Amqp,
            FaultPoint = FaultPoint.Committing,
            FaultAct = FaultAct.Custom,
            FaultAt = 3,
        };
        await using var probe = await EventProbe.OpenAsync(_scope.Broker, Cancel);
        await using var shop = await Shop.OpenAsync(settings, Cancel);
        var isCut = false;
        shop.Fault.Custom = () =>
        {
            isCut = true;
            proxy.HalfClose(Direction.ToClient);
        };

        await probe.PlaceAsync(Enumerable.Range(1, 20), Cancel);
        await probe.ReachAsync(20, Cancel);
        await shop.EmptyAsync(Cancel);

        Assert.True(isCut);
        Assert.Equal(20, await shop.OrdersAsync(Cancel));
        Assert.Equal(20, probe.Heard.Select(one => one.MessageId).Distinct().Count());
    }
}
