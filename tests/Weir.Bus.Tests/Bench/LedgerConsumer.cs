using MassTransit;

namespace Weir.Bus.Tests.Bench;

/// <summary>One line a message; what the test wants done before may fail it.</summary>
internal sealed class LedgerConsumer(Ledger ledger, Heard<Work> heard) : IConsumer<Work>
{
    public async Task Consume(ConsumeContext<Work> context)
    {
        await heard.TakeAsync(context);
        ledger.Lines.Add(new LedgerLine { Number = context.Message.Number });
        await ledger.SaveChangesAsync(context.CancellationToken);
    }
}
