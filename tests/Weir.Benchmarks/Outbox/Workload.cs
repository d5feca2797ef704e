using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Weir.Outbox;

namespace Weir.Benchmarks.Outbox;

/// <summary>What a round does. Each returns its figure; the host is up and warm.</summary>
internal static class Workload
{
    private const int Publishers = 16;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Row and event in a scope of their own, 16 at once. Messages a second until the last was heard.</summary>
    public static async Task<double> PublishAsync(BenchHost writer, BenchHost hearer, int messages, CancellationToken cancel)
    {
        var heard = hearer.Tally.Expect(messages);
        var begun = Stopwatch.GetTimestamp();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Increment(ref next) is var number && number <= messages) await PublishOneAsync(writer, number, cancel);
            },
            cancel)));
        await heard.WaitAsync(Longest, cancel);
        return messages / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>At a steady pace. Milliseconds from before the save to heard: p50 and p99.</summary>
    public static async Task<(double P50, double P99)> PacedAsync(BenchHost writer, BenchHost hearer, int perSecond, int seconds, CancellationToken cancel)
    {
        var messages = perSecond * seconds;
        var heard = hearer.Tally.Expect(messages);
        var begun = Stopwatch.GetTimestamp();
        var underway = new List<Task>(messages);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (underway.Count < messages && await timer.WaitForNextTickAsync(cancel))
        {
            var due = Math.Min(messages, (int)(Stopwatch.GetElapsedTime(begun).TotalSeconds * perSecond));
            while (underway.Count < due) underway.Add(PublishOneAsync(writer, underway.Count, cancel));
        }

        await Task.WhenAll(underway);
        await heard.WaitAsync(Longest, cancel);
        return (hearer.Tally.At(0.5), hearer.Tally.At(0.99));
    }

    /// <summary>Rows that wait because nobody delivered; messages a second from the moment somebody does until the last was heard.</summary>
    public static async Task<double> BacklogAsync(
        BenchHost writer, BenchHost hearer, int rows, Func<Task<BenchHost>> deliverer, CancellationToken cancel)
    {
        await using (var scope = writer.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<BenchContext>();
            var publish = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
            for (var number = 1; number <= rows; number++)
            {
                await publish.Publish(Happened.Of(number, 0), cancel);
                if (number % 500 == 0) await db.SaveChangesAsync(cancel);
            }

            await db.SaveChangesAsync(cancel);
        }

        // The start of the bus is no part of the figure: the first event is.
        var first = hearer.Tally.Expect(1);
        await using var one = await deliverer();
        await first.WaitAsync(Longest, cancel);
        var begun = Stopwatch.GetTimestamp();
        await hearer.Tally.Expect(rows - 500).WaitAsync(Longest, cancel);
        var took = Stopwatch.GetElapsedTime(begun);
        await one.Services.WaitForOutboxEmpty<BenchContext>(Longest, cancel);
        return (rows - 500) / took.TotalSeconds;
    }

    /// <summary>Commands that lie in the queue when the consumer starts; messages a second until the last event was heard.</summary>
    public static async Task<double> ConsumeAsync(BenchHost sender, BenchHost hearer, int messages, CancellationToken cancel)
    {
        var heard = hearer.Tally.Expect(messages);
        var begun = Stopwatch.GetTimestamp();
        await SendAllAsync(sender, BenchHost.WorkQueue, messages, number => new DoWork(number, Happened.Filler), cancel);
        await heard.WaitAsync(Longest, cancel);
        return messages / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>Beats of 1,000 workers, a batch at a time into one upsert; messages a second end to end.</summary>
    public static async Task<double> BeatsAsync(BenchHost host, int messages, CancellationToken cancel)
    {
        var heard = host.Tally.Expect(messages);
        var begun = Stopwatch.GetTimestamp();
        await SendAllAsync(host, BenchHost.BeatsQueue, messages, number => new BeatSaid(number % 1_000, number), cancel);
        await heard.WaitAsync(Longest, cancel);
        return messages / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static async Task SendAllAsync<T>(BenchHost sender, string queue, int messages, Func<int, T> message, CancellationToken cancel)
        where T : class
    {
        var endpoint = await sender.Bus.GetSendEndpoint(new Uri($"exchange:{queue}"));
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Increment(ref next) is var number && number <= messages) await endpoint.Send(message(number), cancel);
            },
            cancel)));
    }

    private static async Task PublishOneAsync(BenchHost writer, int number, CancellationToken cancel)
    {
        await using var scope = writer.Services.CreateAsyncScope();
        var hasOutbox = scope.ServiceProvider.GetRequiredService<BenchSettings>().HasOutbox;
        var db = scope.ServiceProvider.GetRequiredService<BenchContext>();
        var message = Happened.Of(number, Stopwatch.GetTimestamp());
        db.Entries.Add(new Entry { Number = number, Text = Happened.Filler });
        if (!hasOutbox) await db.SaveChangesAsync(cancel);
        await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(message, cancel);
        if (hasOutbox) await db.SaveChangesAsync(cancel);
    }
}
