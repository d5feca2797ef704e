using MassTransit;

namespace Weir.Bus.Sending;

/// <summary>Makes a send to a worker's queue mandatory, also one that the outbox stored without that mark, and remembers whether it came back.</summary>
internal sealed class CommandPipe<T>(IPipe<SendContext<T>> inner) : IPipe<SendContext<T>>
    where T : class
{
    private SendContext<T>? _context;

    internal string? Queue => _context?.RoutingKey();

    public async Task Send(SendContext<T> context)
    {
        _context = context;
        await inner.Send(context);
        if (context is RabbitMqSendContext onBroker)
            onBroker.Mandatory = onBroker.AwaitAck;
    }

    public void Probe(ProbeContext context) => inner.Probe(context);

    internal void Returned()
    {
        if (_context is not null && _context.TryGetPayload<ReturnNotice>(out var notice))
            notice.IsReturned = true;
    }
}
