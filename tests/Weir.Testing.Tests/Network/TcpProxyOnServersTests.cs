using System.Diagnostics;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Weir.Testing.Network;
using Weir.Testing.Servers;
using Weir.Testing.Tests.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Network;

/// <summary>The faults of the network as the real clients see them.</summary>
[Integration, Slow]
public sealed class TcpProxyOnServersTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_Cut_BreaksTheQueryAndTheNextConnectWorksOnceHealed()
    {
        await using var link = await DatabaseLink.OpenAsync();

        link.Proxy.Cut();
        var broken = await Record.ExceptionAsync(() => link.AskAsync("select 1"));
        link.Proxy.Heal();
        await link.ReconnectAsync();

        Assert.IsAssignableFrom<NpgsqlException>(broken);
        Assert.Equal(2, await link.AskAsync("select 2"));
    }

    [Fact]
    public async Task Database_Hang_LeavesTheQueryOpenAndItsAnswerComesOnceHealed()
    {
        await using var link = await DatabaseLink.OpenAsync();

        link.Proxy.Hang(Direction.ToClient);
        var asked = link.AskAsync("select 3");
        await Assert.ThrowsAsync<TimeoutException>(() => asked.WaitAsync(Moment, Cancel));
        link.Proxy.Heal();

        Assert.Equal(3, await asked.WaitAsync(Patience.Scale(Bound), Cancel));
    }

    [Fact]
    public async Task Database_Delay_SlowsEachQueryByTheWayThereAndBack()
    {
        await using var link = await DatabaseLink.OpenAsync();
        link.Proxy.Delay(TimeSpan.FromMilliseconds(60), jitter: TimeSpan.FromMilliseconds(20));

        var took = Stopwatch.StartNew();
        await link.AskAsync("select 4");

        Assert.InRange(took.ElapsedMilliseconds, 118, 10_000);
    }

    [Fact]
    public async Task Broker_Cut_ClosesTheConnectionAndRefusesTheNext()
    {
        await using var proxy = await BrokerProxyAsync();
        await using var connection = await Amqp.ConnectAsync(proxy.Address, Cancel);

        proxy.Proxy.Cut();

        await Eventually.TrueAsync("the connection to close", _ => Task.FromResult(!connection.IsOpen), Bound, Cancel);
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => Amqp.ConnectAsync(proxy.Address, Cancel));
    }

    [Fact]
    public async Task Broker_Hang_HoldsThePublishBackUntilHealed()
    {
        await using var proxy = await BrokerProxyAsync();
        await using var connection = await Amqp.ConnectAsync(proxy.Address, Cancel);
        await using var channel = await connection.CreateChannelAsync(Amqp.Confirmed, Cancel);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: Cancel)).QueueName;

        proxy.Proxy.Hang();
        var publish = channel.BasicPublishAsync("", queue, "late"u8.ToArray(), Cancel).AsTask();
        await Assert.ThrowsAsync<TimeoutException>(() => publish.WaitAsync(Moment, Cancel));
        proxy.Proxy.Heal();

        await publish.WaitAsync(Patience.Scale(Bound), Cancel);
        Assert.Equal("late"u8.ToArray(), await Amqp.TakeAsync(channel, queue, Bound, Cancel));
    }

    private static async Task<BrokerLink> BrokerProxyAsync()
    {
        var servers = await TestServers.GetAsync(Cancel);
        var proxy = TcpProxy.To(servers.Broker.Amqp.Port);
        return new BrokerLink(proxy, servers.Broker.Through(proxy.Port));
    }

    private sealed record BrokerLink(TcpProxy Proxy, BrokerAddress Address) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Proxy.DisposeAsync();
    }

    private sealed class DatabaseLink(TcpProxy proxy, DatabaseAddress address) : IAsyncDisposable
    {
        private NpgsqlConnection _connection = new(address.ConnectionString);

        public TcpProxy Proxy => proxy;

        public static async Task<DatabaseLink> OpenAsync()
        {
            var servers = await TestServers.GetAsync(Cancel);
            var proxy = TcpProxy.To(new NpgsqlConnectionStringBuilder(servers.Database.ConnectionString).Port);
            var link = new DatabaseLink(proxy, servers.Database.Through(proxy.Port).Unpooled());
            await link._connection.OpenAsync(Cancel);
            return link;
        }

        public async Task ReconnectAsync()
        {
            await _connection.DisposeAsync();
            _connection = new NpgsqlConnection(address.ConnectionString);
            await _connection.OpenAsync(Cancel);
        }

        public async Task<object?> AskAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, _connection);
            return await command.ExecuteScalarAsync(Cancel);
        }

        public async ValueTask DisposeAsync()
        {
            await _connection.DisposeAsync();
            await proxy.DisposeAsync();
        }
    }
}
