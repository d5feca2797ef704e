using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Weir.Bus.Parked;

/// <summary>What one visit holds of an error queue. Whatever it does not end goes back.</summary>
internal sealed class ParkedVisit(IChannel channel, ErrorQueueName queue, TimeSpan timeout, TimeProvider clock)
{
    // Some brokers throw a message away that was handed out twenty times: before that it is put down afresh.
    private const int HandedOutMax = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, BasicGetResult?> _held = [];

    internal async Task<BasicGetResult?> NextAsync(CancellationToken cancel)
    {
        using var bound = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancel);
        if (await channel.BasicGetAsync(queue.Name, autoAck: false, either.Token) is not { } got)
            return null;
        lock (_lock)
            _held.Add(got.DeliveryTag, ParkedHeaders.Number(got.BasicProperties, ParkedHeaders.DeliveryCount) >= HandedOutMax ? got : null);
        return got;
    }

    internal async Task<IReadOnlyList<BasicGetResult>> TakeAsync(int most, CancellationToken cancel)
    {
        var taken = new List<BasicGetResult>();
        while (taken.Count < most && await NextAsync(cancel) is { } got)
            taken.Add(got);
        return taken;
    }

    /// <summary>Puts it into another queue, and ends it here once the broker has confirmed that.</summary>
    internal async Task MoveAsync(ErrorQueueName from, string to, BasicProperties properties, BasicGetResult got, Func<Task> confirmed, CancellationToken cancel)
    {
        try
        {
            using var bound = new CancellationTokenSource(timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancel);
            await channel.BasicPublishAsync(exchange: "", routingKey: to, mandatory: true, properties, got.Body, either.Token);
        }
        catch (PublishException e)
        {
            throw ParkedFaults.NotTaken(e, from, to);
        }
        await confirmed();
        await EndAsync(got, cancel);
    }

    internal async Task EndAsync(BasicGetResult got, CancellationToken cancel)
    {
        await channel.BasicAckAsync(got.DeliveryTag, multiple: false, cancel);
        lock (_lock)
            _held.Remove(got.DeliveryTag);
    }

    internal async Task LeaveAsync()
    {
        List<KeyValuePair<ulong, BasicGetResult?>> held;
        lock (_lock)
            held = [.. _held.OrderBy(one => one.Key)];
        foreach (var (tag, worn) in held)
        {
            if (worn is null)
                await channel.BasicNackAsync(tag, multiple: false, requeue: true);
            else
                await MoveAsync(queue, queue.Name, ParkedHeaders.ForStaying(worn.BasicProperties), worn, () => Task.CompletedTask, CancellationToken.None);
        }
    }
}
