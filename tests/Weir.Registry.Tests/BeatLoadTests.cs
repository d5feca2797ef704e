using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using RabbitMQ.Client;
using Weir.Contracts.Leases;
using Weir.Registry.Tests.Stage;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Registry.Tests;

/// <summary>How many beats one replica renews in a second, with broker, database and sender on the same cores.</summary>
[Load]
[Slow]
public sealed class BeatLoadTests(RegistryScope scope) : IClassFixture<RegistryScope>
{
    private const int Workers = 2000;
    private const int Rounds = 8;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beats_OfTwoThousandWorkers_AreRenewedInFewStatements()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await registry.WriteAsync(
            $"""
            INSERT INTO workers (worker, newest, process, attempt, pool, capacity, labels, cordoned, draining, registered_at)
            SELECT 'load-' || i, i, 'p1', 1, 'default', 10, {"{}"}::jsonb, false, false, now() FROM generate_series(1, {Workers}) AS i
            """);
        await registry.WriteAsync(
            $"""
            INSERT INTO leases (incarnation, worker, process, sequence, quiet_ms, state, stopped, mark_sent, mark_read, commands_unread, digest, stuck, listed_in, running)
            SELECT i, 'load-' || i, 'p1', 0, 0, 'Live', false, 0, 0, false, 0, 0, 0, 0 FROM generate_series(1, {Workers}) AS i
            """);
        var (renewed, batches) = (0L, 0L);
        using var listener = new MeterListener { InstrumentPublished = (instrument, own) => own.EnableMeasurementEvents(instrument, null) };
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            if (instrument.Name == "weir.registry.beats" && tags[0].Value is true) Interlocked.Add(ref renewed, count);
            if (instrument.Name == "weir.registry.beat_batches") Interlocked.Add(ref batches, count);
        });
        listener.Start();

        var since = Stopwatch.GetTimestamp();
        // A round is sent when half of the one before it counted: what waits longer than a lease the broker drops.
        for (var round = 1; round <= Rounds; round++)
        {
            await PublishAsync(round);
            var wanted = (Workers * (long)round) - (Workers / 2);
            await Eventually.TrueAsync($"{wanted} beats to be renewed", _ => Task.FromResult(Interlocked.Read(ref renewed) >= wanted), TimeSpan.FromSeconds(30), Cancel);
        }

        var elapsed = Stopwatch.GetElapsedTime(since);

        var each = Interlocked.Read(ref renewed) / elapsed.TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine($"{renewed} beats in {elapsed.TotalSeconds:0.0} s: {each:0} a second, {(double)batches / renewed:0.000} statements a beat");
        Assert.InRange((double)batches / renewed, 0, 0.1);
        Assert.InRange(each, 250 / Patience.Factor, double.MaxValue);
    }

    private async Task PublishAsync(int round)
    {
        await using var connection = await new ConnectionFactory { Uri = scope.Broker.Amqp }.CreateConnectionAsync(Cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        var bare = new BasicProperties { ContentType = "application/json" };
        var web = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        for (var worker = 1; worker <= Workers; worker++)
            await channel.BasicPublishAsync(
                "", "weir.registry.beats", mandatory: true, bare, JsonSerializer.SerializeToUtf8Bytes(new WorkerBeat($"load-{worker}", worker, round, 0, 3, 0, "ff", 0.5, 1, "p1"), web), Cancel);
    }
}
