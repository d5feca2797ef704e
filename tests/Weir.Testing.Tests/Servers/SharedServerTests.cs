using System.Text;
using Npgsql;
using RabbitMQ.Client;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Servers;

/// <summary>On the shared pair, whatever kind this run has.</summary>
[Integration, Slow]
public sealed class SharedServerTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_AskedTwiceAtOnce_GivesOnePair()
    {
        var both = await Task.WhenAll(TestServers.GetAsync(Cancel), TestServers.GetAsync(Cancel));

        Assert.Same(both[0], both[1]);
    }

    [Fact]
    public async Task Scope_Opened_HasABrokerAndADatabaseThatWork()
    {
        await using var scope = await (await TestServers.GetAsync(Cancel)).ScopeAsync("Scope: opened!", Cancel);
        await using var connection = await Amqp.ConnectAsync(scope.Broker, Cancel);
        await using var channel = await connection.CreateChannelAsync(Amqp.Confirmed, Cancel);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: Cancel)).QueueName;
        await using var database = new NpgsqlConnection(scope.Database.Unpooled().ConnectionString);
        await database.OpenAsync(Cancel);

        await channel.BasicPublishAsync("", queue, "hello"u8.ToArray(), Cancel);

        Assert.Equal("hello", Encoding.UTF8.GetString(await Amqp.TakeAsync(channel, queue, Bound, Cancel)));
        await using var query = new NpgsqlCommand("select current_database()", database);
        Assert.Equal(scope.Name, await query.ExecuteScalarAsync(Cancel));
        Assert.Equal(scope.Name, scope.Broker.VirtualHost);
    }

    [Fact]
    public async Task Scope_TwoOfOneName_ShareNothing()
    {
        var servers = await TestServers.GetAsync(Cancel);
        await using var one = await servers.ScopeAsync("same", Cancel);
        await using var other = await servers.ScopeAsync("same", Cancel);

        Assert.NotEqual(one.Name, other.Name);
        Assert.NotEqual(one.Database.Database, other.Database.Database);
        Assert.NotEqual(one.Broker.VirtualHost, other.Broker.VirtualHost);
    }

    [Fact]
    public async Task Scope_Disposed_RemovesBothThoughConnectionsAreOpen()
    {
        var servers = await TestServers.GetAsync(Cancel);
        var scope = await servers.ScopeAsync("removed", Cancel);
        await using var database = new NpgsqlConnection(scope.Database.Unpooled().ConnectionString);
        await database.OpenAsync(Cancel);
        await using var connection = await Amqp.ConnectAsync(scope.Broker, Cancel);

        await scope.DisposeAsync();

        using var management = new ManagementApi(servers.Broker);
        Assert.DoesNotContain(scope.Name, await management.VirtualHostsAsync(Cancel));
        await using var root = new NpgsqlConnection(servers.Database.Unpooled().ConnectionString);
        await root.OpenAsync(Cancel);
        await using var query = new NpgsqlCommand("select count(*) from pg_database where datname = $1", root);
        query.Parameters.Add(new NpgsqlParameter { Value = scope.Name });
        Assert.Equal(0L, await query.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task EventExchange_ConnectionOfAnExclusiveQueueCloses_TellsThatTheQueueIsDeleted()
    {
        var servers = await TestServers.GetAsync(Cancel);
        Assert.SkipWhen(servers.Kind == ServerKind.Env, "env: a broker that the tests did not start need not have the plug-in");
        await using var listening = await Amqp.ConnectAsync(servers.Broker, Cancel);
        await using var events = await listening.CreateChannelAsync(cancellationToken: Cancel);
        var told = (await events.QueueDeclareAsync(cancellationToken: Cancel)).QueueName;
        await events.QueueBindAsync(told, "amq.rabbitmq.event", "queue.deleted", cancellationToken: Cancel);
        var gone = await ExclusiveQueueThatEndsAsync(servers.Broker);

        var heard = await Eventually.GetAsync(
            $"queue.deleted of {gone}", async token => await NextDeletedAsync(events, told, token) == gone ? gone : null, Bound, Cancel);

        Assert.Equal(gone, heard);
    }

    private static async Task<string> ExclusiveQueueThatEndsAsync(BrokerAddress broker)
    {
        await using var connection = await Amqp.ConnectAsync(broker, Cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        var queue = await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: false, cancellationToken: Cancel);
        return queue.QueueName;
    }

    // Other tests' queues come and go on the same broker.
    private static async Task<string?> NextDeletedAsync(IChannel events, string told, CancellationToken cancel)
    {
        var got = await events.BasicGetAsync(told, autoAck: true, cancel);
        return got?.BasicProperties.Headers?["name"] is byte[] name ? Encoding.UTF8.GetString(name) : null;
    }
}
