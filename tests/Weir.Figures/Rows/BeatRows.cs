using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Weir.Contracts.Leases;
using Weir.Figures.Fleet;
using Weir.Figures.Ticks;

namespace Weir.Figures.Rows;

/// <summary>Beats of many workers that are nothing but beats, answered by one Registry.</summary>
internal static class BeatRows
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private const int Workers = 2_000;
    private const string Door = "weir.registry.beats";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<IReadOnlyList<Figure>> AnsweredAsync(Stage stage, CancellationToken cancel)
    {
        var fleet = await stage.FleetAsync(new FleetSettings { Workers = 0, StreamsEach = 0, Registries = 1, Orchestrators = 0 }, cancel);
        await RegisterAsync(fleet, cancel);
        var lives = await fleet.Table.ReadAsync("SELECT worker, incarnation, process FROM leases ORDER BY incarnation", row => (row.GetString(0), row.GetInt64(1), row.GetString(2)), cancel);
        var factory = new ConnectionFactory { Uri = fleet.Broker.Address.Amqp, ClientProvidedName = "figures" };
        await using var connection = await factory.CreateConnectionAsync(cancel);
        await using var ears = await connection.CreateChannelAsync(cancellationToken: cancel);
        await using var mouth = await connection.CreateChannelAsync(cancellationToken: cancel);
        var heard = 0L;
        var answeredOnes = Channel.CreateUnbounded<int>();
        await HearAsync(ears, lives, at => _ = Interlocked.Increment(ref heard) > 0 && answeredOnes.Writer.TryWrite(at), cancel);

        var (rates, statements) = (new List<double>(), new List<double>());
        var sequences = new long[Workers];
        for (var round = 0; round < stage.Rounds(6, 3); round++)
        {
            while (answeredOnes.Reader.TryRead(out _)) { }
            for (var at = 0; at < Workers; at++) answeredOnes.Writer.TryWrite(at);
            var (before, commits, begun) = (Interlocked.Read(ref heard), await StatementsAsync(fleet, cancel), Stopwatch.GetTimestamp());
            // One beat of each worker in flight, as a fleet has them: of two in one batch only the newer is answered.
            while (Stopwatch.GetElapsedTime(begun) < Round)
            {
                if (!answeredOnes.Reader.TryRead(out var at))
                {
                    await BootClock.PassAsync(TimeSpan.FromMilliseconds(1), cancel);
                    continue;
                }

                var (worker, incarnation, _) = lives[at];
                await mouth.BasicPublishAsync("", Door, false, new BasicProperties { ContentType = "application/json" }, Beat(worker, incarnation, ++sequences[at]), cancel);
            }

            var (answered, took) = (Interlocked.Read(ref heard) - before, Stopwatch.GetElapsedTime(begun).TotalSeconds);
            await BootClock.PassAsync(TimeSpan.FromSeconds(1.2), cancel);
            rates.Add(answered / took);
            statements.Add((await StatementsAsync(fleet, cancel) - commits) / (double)Math.Max(1, answered));
        }

        return
        [
            stage.AtLeast("beats answered per s, median", rates.Order().ElementAt(rates.Count / 2), 5_000),
            stage.AtMost("transactions a beat, median", statements.Order().ElementAt(statements.Count / 2), 0.1),
        ];
    }

    private static byte[] Beat(string worker, long incarnation, long sequence) =>
        JsonSerializer.SerializeToUtf8Bytes(new WorkerBeat(worker, incarnation, sequence, sequence, 100, 0, "0"), Json);

    private static async Task HearAsync(IChannel ears, IReadOnlyList<(string Worker, long Incarnation, string Process)> lives, Action<int> heard, CancellationToken cancel)
    {
        var consumer = new AsyncEventingBasicConsumer(ears);
        var places = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        consumer.ReceivedAsync += (_, answer) =>
        {
            heard(places[answer.RoutingKey]);
            return Task.CompletedTask;
        };
        var marks = new AsyncEventingBasicConsumer(ears);
        foreach (var (worker, _, process) in lives)
        {
            var queue = $"weir.w.{worker}.{process}";
            places[$"{queue}.beat"] = places.Count;
            await ears.QueueDeclareAsync($"{queue}.beat", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancel);
            await ears.BasicConsumeAsync($"{queue}.beat", autoAck: true, consumer, cancel);
            // Every fourth answer is followed by a mark for the queue of commands.
            await ears.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: cancel);
            await ears.BasicConsumeAsync(queue, autoAck: true, marks, cancel);
        }
    }

    private static Task<long> StatementsAsync(RealFleet fleet, CancellationToken cancel) =>
        fleet.Table.NumberAsync("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()", cancel);

    private static async Task RegisterAsync(RealFleet fleet, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(fleet.Table.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            $$"""
            INSERT INTO leases (incarnation, worker, process, sequence, quiet_ms, state, stopped, mark_sent, mark_read, commands_unread, digest, stuck, running, listed_in)
            SELECT nextval('epochs'), 'b' || lpad(n::text, 5, '0'), 'p' || n, 0, 0, 'Live', false, 0, 0, false, 0, 0, 0, (SELECT began FROM era) FROM generate_series(1, {{Workers}}) AS n;
            INSERT INTO workers (worker, newest, process, attempt, pool, capacity, labels, cordoned, draining, registered_at)
            SELECT worker, incarnation, process, 1, 'default', 1000, '{}', false, false, now() FROM leases;
            """,
            connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
