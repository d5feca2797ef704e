using System.Diagnostics;
using Weir.Outbox.TestHost.Faults;
using Weir.Outbox.TestHost.Shop;
using Weir.Outbox.Tests.Support;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Outbox.Tests.Chaos;

/// <summary>A replica stands still with the lane's lock in its hand.</summary>
[Chaos]
public sealed class StoppedDelivererTests : IAsyncLifetime
{
    private ServerScope _scope = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scope = await (await TestServers.GetAsync(Cancel)).ScopeAsync("stopped", Cancel);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Theory]
    [Slow]
    [InlineData(FaultPoint.DeliverySending)]
    [InlineData(FaultPoint.DeliverySent)]
    [InlineData(FaultPoint.DeliveryCommitting)]
    public async Task DelivererStopped_AnotherDeliversMeanwhile(FaultPoint point)
    {
        var settings = new ShopSettings { Postgres = _scope.Database.ConnectionString, Broker = _scope.Broker.Amqp, Consumes = false };
        await using var probe = await EventProbe.OpenAsync(_scope.Broker, Cancel);
        // It must not take the other's row by its poll before the other does.
        await using var healthy = await Shop.OpenAsync(settings with { QueryDelayMs = 60_000 }, Cancel);
        await healthy.OrderAsync(0, Cancel);
        await healthy.EmptyAsync(Cancel);
        await using var stopped = await ShopChild.StartAsync(settings with { FaultPoint = point, FaultAct = FaultAct.Stop, Orders = 1 }, Cancel);
        await stopped.SaysAsync("STOPPED", Cancel);

        var begun = Stopwatch.GetTimestamp();
        var mine = await healthy.OrderAsync(100, Cancel);
        await healthy.EmptyAsync(Cancel);
        await probe.ReachAsync(3, Cancel);
        var held = Stopwatch.GetElapsedTime(begun, probe.Heard.First(one => one.OrderId == mine).Timestamp);
        TestContext.Current.TestOutputHelper?.WriteLine($"held up for {held.TotalMilliseconds:0} ms");
        // The server frees the lock after 1.5 s; a busy machine takes its time to find that out.
        Assert.InRange(held, TimeSpan.Zero, Patience.Seconds(10));

        stopped.Continue();
        await healthy.OrderAsync(101, Cancel);
        await healthy.EmptyAsync(Cancel);
        await probe.ReachAsync(4, Cancel);
        Assert.Equal(4, probe.Heard.Select(one => one.MessageId).Distinct().Count());
    }
}
