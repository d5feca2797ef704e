using MassTransit;

namespace Weir.Benchmarks.Outbox;

/// <summary>Where every round ends.</summary>
internal sealed class HappenedConsumer(Tally tally) : IConsumer<Happened>
{
    public Task Consume(ConsumeContext<Happened> context)
    {
        tally.Heard(context.Message.SentTicks);
        return Task.CompletedTask;
    }
}
