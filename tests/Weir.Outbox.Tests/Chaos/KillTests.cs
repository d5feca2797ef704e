using Npgsql;
using Weir.Outbox.TestHost.Faults;
using Weir.Outbox.TestHost.Shop;
using Weir.Outbox.Tests.Support;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Outbox.Tests.Chaos;

/// <summary>A service that is killed with SIGKILL at any line between taking a message and forgetting its row.</summary>
[Chaos]
public sealed class KillTests : IAsyncLifetime
{
    private const int Orders = 20;

    private const string OtherSessions =
        "SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()";

    private ServerScope _scope = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scope = await (await TestServers.GetAsync(Cancel)).ScopeAsync("kill", Cancel);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Theory]
    [Slow]
    [InlineData(FaultPoint.ConsumerEntered)]
    [InlineData(FaultPoint.RowAdded)]
    [InlineData(FaultPoint.RowSaved)]
    [InlineData(FaultPoint.Published)]
    [InlineData(FaultPoint.Saving)]
    [InlineData(FaultPoint.Saved)]
    [InlineData(FaultPoint.Committing)]
    [InlineData(FaultPoint.Committed)]
    [InlineData(FaultPoint.Received)]
    [InlineData(FaultPoint.DeliverySending)]
    [InlineData(FaultPoint.DeliverySent)]
    [InlineData(FaultPoint.DeliveryCommitting)]
    [InlineData(FaultPoint.DeliveryCommitted)]
    public async Task ProcessKilledAtAnyLine_RowAndEventBothOrNeither_EachOnce(FaultPoint point)
    {
        var settings = new ShopSettings { Postgres = _scope.Database.ConnectionString, Broker = _scope.Broker.Amqp };
        await using var probe = await EventProbe.OpenAsync(_scope.Broker, Cancel);
        // Delivery may take all orders at once, so its points are passed once at least, a consumer's once an order.
        var at = point >= FaultPoint.DeliverySending ? 1 : 3;
        await using (var doomed = await ShopChild.StartAsync(settings with { FaultPoint = point, FaultAct = FaultAct.Kill, FaultAt = at }, Cancel))
        {
            await probe.PlaceAsync(Enumerable.Range(1, Orders), Cancel);
            Assert.Equal(137, await doomed.EndsAsync(Cancel));
        }

        // What it had sent to the database is done by the server even so.
        await Eventually.TrueAsync("the last of its sessions to end", async _ => (await ReadAsync(OtherSessions))[0] == 0, TimeSpan.FromSeconds(30), Cancel);
        var rows = await OrderNumbersAsync();
        var waiting = await WaitingNumbersAsync();
        await Eventually.TrueAsync(
            $"the events of the committed orders {string.Join(' ', rows)} to wait ({string.Join(' ', waiting)}) or to be heard",
            _ => Task.FromResult(rows.All(number => waiting.Contains(number) || probe.Numbers.Contains(number))), TimeSpan.FromSeconds(30), Cancel);
        Assert.Subset(rows.ToHashSet(), waiting.Concat(probe.Numbers).ToHashSet());

        await using var heir = await ShopChild.StartAsync(settings, Cancel);
        await probe.ReachAsync(Orders, Cancel);
        await Eventually.TrueAsync("an empty outbox", async _ => (await WaitingNumbersAsync()).Count == 0, TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal(Enumerable.Range(1, Orders), (await OrderNumbersAsync()).Order());
        Assert.Equal(Orders, probe.Heard.Select(one => one.MessageId).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, Orders), probe.Numbers.Distinct().Order());
    }

    private Task<List<int>> OrderNumbersAsync() => ReadAsync("SELECT \"Number\" FROM \"Orders\"");

    private Task<List<int>> WaitingNumbersAsync() => ReadAsync("SELECT (\"Body\"::json->'message'->>'number')::int FROM \"OutboxMessage\"");

    private async Task<List<int>> ReadAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_scope.Database.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var numbers = new List<int>();
        while (await reader.ReadAsync(Cancel)) numbers.Add(reader.GetInt32(0));
        return numbers;
    }
}
