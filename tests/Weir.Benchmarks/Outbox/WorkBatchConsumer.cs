using System.Diagnostics;
using MassTransit;

namespace Weir.Benchmarks.Outbox;

/// <summary>As <see cref="WorkConsumer"/>, a batch at a time.</summary>
internal sealed class WorkBatchConsumer(BenchContext db, BenchSettings settings) : IConsumer<Batch<DoWork>>
{
    public async Task Consume(ConsumeContext<Batch<DoWork>> context)
    {
        foreach (var message in context.Message) db.Entries.Add(new Entry { Number = message.Message.Number, Text = message.Message.Text });
        if (!settings.HasOutbox) await db.SaveChangesAsync(context.CancellationToken);
        await Task.WhenAll(context.Message.Select(
            message => context.Publish(Happened.Of(message.Message.Number, Stopwatch.GetTimestamp()), context.CancellationToken)));
    }
}
