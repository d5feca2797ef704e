using System.Collections.Concurrent;
using MassTransit;

namespace Weir.Outbox.Tests.Support;

/// <summary>
/// Hears messages of one type on an in-memory or real bus, by a queue of its own. As any receiver must, it drops what
/// it has heard: a confirmation that comes late, on a busy machine, makes the outbox send the same message again.
/// </summary>
internal sealed class MemoryProbe<T> : IConsumer<T>
    where T : class
{
    private readonly ConcurrentQueue<(Guid MessageId, T Message, Headers Headers)> _heard = new();

    private readonly ConcurrentDictionary<Guid, bool> _ids = new();

    public IReadOnlyCollection<(Guid MessageId, T Message, Headers Headers)> Heard => _heard;

    public static async Task<MemoryProbe<T>> OnAsync(IBusControl bus, CancellationToken cancel)
    {
        var probe = new MemoryProbe<T>();
        var handle = bus.ConnectReceiveEndpoint($"probe-{NewId.NextGuid():N}", endpoint => endpoint.Instance(probe));
        await handle.Ready.WaitAsync(cancel);
        return probe;
    }

    public Task Consume(ConsumeContext<T> context)
    {
        if (_ids.TryAdd(context.MessageId!.Value, true)) _heard.Enqueue((context.MessageId.Value, context.Message, context.Headers));
        return Task.CompletedTask;
    }
}
