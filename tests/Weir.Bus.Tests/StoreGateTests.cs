using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Weir.Bus.Endpoints;
using Weir.Bus.Store;
using Weir.Bus.Tests.Bench;
using Weir.Testing.Network;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests;

/// <summary>A real PostgreSQL is cut off under consumers that write to it: endpoints stand still and go on, no message fails for it.</summary>
[Integration, Slow]
public sealed class StoreGateTests(BrokerScope scope) : IClassFixture<BrokerScope>, IAsyncLifetime
{
    private TcpProxy _proxy = null!;
    private DatabaseAddress _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _proxy = TcpProxy.To(new NpgsqlConnectionStringBuilder(scope.Database.ConnectionString).Port);
        _database = scope.Database.Unpooled();
        await RunAsync(_database, "create table if not exists work (queue text, number int, primary key (queue, number))");
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Fact]
    public async Task StoreAway_EndpointsStandStillThenGoOn_AndNoMessageFails()
    {
        var heard = WritingTo("weir.gate.work");
        await using var host = await StartAsync("gate", heard);
        await SendAsync(host, "weir.gate.work", 1, 20);
        // Not only written: one that has yet to hear so would fail at the cut and shut the gate before the next are handed over.
        await Eventually.TrueAsync("20 messages to have ended", _ => Task.FromResult(heard.Ended == 20), BusHost.Bound, Cancel);

        _proxy.Cut();
        await SendAsync(host, "weir.gate.work", 21, 60);
        await host.BecomesAsync(HealthStatus.Degraded, BusHost.Bound);
        await Eventually.TrueAsync("what was handed over to have failed once", _ => Task.FromResult(heard.Attempts.Count >= 21), BusHost.Bound, Cancel);
        await LastsAsync(TimeSpan.FromSeconds(2));
        var attemptsAway = heard.Attempts.Count - 20;
        var since = Stopwatch.GetTimestamp();
        _proxy.Heal();
        await RowsAsync("weir.gate.work", 60);
        var back = Stopwatch.GetElapsedTime(since);

        Assert.Empty(await scope.View.MessagesAsync("weir.gate.work_error"));
        // No more were tried than the broker had handed over when the first failed, none twice.
        Assert.InRange(attemptsAway, 1, 8);
        Assert.InRange(back, TimeSpan.Zero, Patience.Seconds(10));
        await host.BecomesAsync(HealthStatus.Healthy, BusHost.Bound);
        TestContext.Current.TestOutputHelper?.WriteLine($"40 messages written {back.TotalMilliseconds:0} ms after the store came back; {attemptsAway} attempts while it was away, 0 parked");
    }

    [Fact]
    public async Task BusStopped_WhileTheStoreIsAway_HandsItsMessagesBack()
    {
        var heard = WritingTo("weir.stop.work");
        var host = await StartAsync("stop", heard);
        _proxy.Cut();
        await SendAsync(host, "weir.stop.work", 1, 5);
        await host.BecomesAsync(HealthStatus.Degraded, BusHost.Bound);

        var since = Stopwatch.GetTimestamp();
        await host.DisposeAsync();
        var took = Stopwatch.GetElapsedTime(since);
        _proxy.Heal();
        await using var again = await StartAsync("stop", WritingTo("weir.stop.work"));
        await RowsAsync("weir.stop.work", 5);

        Assert.InRange(took, TimeSpan.Zero, Patience.Seconds(5));
        Assert.Empty(await scope.View.MessagesAsync("weir.stop.work_error"));
    }

    private static async Task RunAsync(DatabaseAddress database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task SendAsync(BusHost host, string queue, int first, int last)
    {
        var endpoint = await host.Bus.GetSendEndpoint(new Uri($"exchange:{queue}"));
        foreach (var number in Enumerable.Range(first, last - first + 1))
            await endpoint.Send(new Work(number), Cancel);
    }

    // Nothing announces that what might go on stands still.
    private static Task LastsAsync(TimeSpan time)
    {
        var clock = TimeProvider.System;
        return Task.Delay(time, clock, Cancel);
    }

    private Heard<Work> WritingTo(string queue) => new()
    {
        Then = work => RunAsync(_database.Through(_proxy.Port), $"insert into work values ('{queue}', {work.Message.Number}) on conflict do nothing"),
    };

    /// <summary>One attempt a message: if the store's absence cost any, the message would be parked.</summary>
    private Task<BusHost> StartAsync(string service, Heard<Work> heard) => BusHost.StartAsync(
        services =>
        {
            services.AddSingleton(new StoreSeam(fault => fault is NpgsqlException { IsTransient: true }, _ => RunAsync(_database.Through(_proxy.Port), "select 1")));
            Hearing.Service(service, EndpointPolicy.Of(service, "work", RetryLadder.None) with { Prefetch = 8 }, heard)(services);
        },
        scope.Broker);

    private async Task RowsAsync(string queue, long count)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(Cancel);
        await Eventually.TrueAsync(
            $"{count} rows of {queue}",
            async _ =>
            {
                await using var command = new NpgsqlCommand($"select count(*) from work where queue = '{queue}'", connection);
                return (long)(await command.ExecuteScalarAsync(Cancel))! == count;
            },
            BusHost.Bound, Cancel);
    }
}
