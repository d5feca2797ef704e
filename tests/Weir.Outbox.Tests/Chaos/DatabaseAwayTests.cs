using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Weir.Outbox.TestHost.Shop;
using Weir.Outbox.Tests.Support;
using Weir.Testing.Network;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Outbox.Tests.Chaos;

/// <summary>The database was away for so long that the lane looks for it ever more seldom.</summary>
[Chaos]
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    private ServerScope _scope = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scope = await (await TestServers.GetAsync(Cancel)).ScopeAsync("dbaway", Cancel);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Fact]
    [Slow]
    public async Task DatabaseBack_ACommitIsDeliveredWithoutTheRestOfThePause()
    {
        await using var proxy = TcpProxy.To(new NpgsqlConnectionStringBuilder(_scope.Database.ConnectionString).Port);
        var through = new NpgsqlConnectionStringBuilder(_scope.Database.ConnectionString) { Port = proxy.Port }.ConnectionString;
        var settings = new ShopSettings { Postgres = through, Broker = _scope.Broker.Amqp, Consumes = false, QueryDelayMs = 1000 };
        using var lane = new LaneLog();
        await using var probe = await EventProbe.OpenAsync(_scope.Broker, Cancel);
        await using var shop = await Shop.OpenAsync(settings, Cancel, services => services.AddLogging(logging => logging.AddProvider(lane)));
        await shop.OrderAsync(1, Cancel);
        await probe.ReachAsync(1, Cancel);

        proxy.Cut();
        await Eventually.TrueAsync("the longest pause", _ => Task.FromResult(lane.LongestPauseMs >= 5000), TimeSpan.FromSeconds(45), Cancel);
        proxy.Heal();
        // Connections that were cut fail once each, and are gone then.
        NpgsqlConnection.ClearAllPools();
        var ordered = Stopwatch.GetTimestamp();
        await shop.OrderAsync(2, Cancel);
        await probe.ReachAsync(2, Cancel);

        var held = Stopwatch.GetElapsedTime(ordered, probe.Heard.First(one => one.Number == 2).Timestamp);
        TestContext.Current.TestOutputHelper?.WriteLine($"held up for {held.TotalMilliseconds:0} ms");
        // Less than what is left of the pause of 5 s that began when the database was seen to be away.
        Assert.InRange(held, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }
}
