using System.Diagnostics;
using MassTransit;

namespace Weir.Benchmarks.Outbox;

/// <summary>Row and event; under the outbox the same code commits both or neither.</summary>
internal sealed class WorkConsumer(BenchContext db, BenchSettings settings) : IConsumer<DoWork>
{
    public async Task Consume(ConsumeContext<DoWork> context)
    {
        db.Entries.Add(new Entry { Number = context.Message.Number, Text = context.Message.Text });
        if (!settings.HasOutbox) await db.SaveChangesAsync(context.CancellationToken);
        await context.Publish(Happened.Of(context.Message.Number, Stopwatch.GetTimestamp()), context.CancellationToken);
    }
}
