using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Weir.Bus.Connecting;

namespace Weir.Bus.Parked;

/// <summary>
/// An operator at the error queues: looks, puts back, throws away. What is put back has the broker's confirm before it is taken off the
/// error queue: whenever this ends, a message is in one of both queues, at worst in both, under one id, and an inbox takes it once.
/// One caller at a time. While it looks at messages, nobody else sees them there.
/// </summary>
public sealed class ParkedMessages : IAsyncDisposable
{
    /// <summary>How many messages, from the oldest, are searched for one of a given id.</summary>
    public const int SearchMax = 10_000;

    private const int BatchMax = 50;

    private readonly WeirBusOptions _options;
    private readonly IConnection _connection;
    private readonly TimeProvider _clock;

    private ParkedMessages(WeirBusOptions options, IConnection connection, TimeProvider clock) =>
        (_options, _connection, _clock) = (options, connection, clock);

    /// <summary>Runs between the broker's confirm and the message's end in the error queue. For tests.</summary>
    internal Func<Task> Confirmed { get; set; } = () => Task.CompletedTask;

    /// <summary>Connects.</summary>
    /// <param name="options">Where the broker is and who asks.</param>
    /// <param name="clock">Times the waits for the broker's confirms.</param>
    /// <param name="cancel">Gives up; <see cref="WeirBusOptions.ConnectTimeout"/> holds in any case.</param>
    /// <exception cref="BrokerException">It cannot be reached, or refuses.</exception>
    public static async Task<ParkedMessages> OpenAsync(WeirBusOptions options, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        var name = Names.BrokerNames.Connection("errors", Environment.MachineName, Environment.ProcessId);
        return new ParkedMessages(options, await BrokerConnection.OpenAsync(options, name, cancel), clock);
    }

    /// <summary>How many messages there are, and why, by those that are looked at.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="most">How many are looked at, 0 or more.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="BrokerException">There is no such queue, or the broker did not answer.</exception>
    public async Task<ParkedTally> TallyAsync(ErrorQueueName queue, int most, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(queue);
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var looked = 0;
        var messages = await OnAsync(queue, async (visit, told) =>
        {
            var count = told;
            while (looked < most && await visit.NextAsync(cancel) is { } got)
            {
                count = Math.Max(count, looked + 1 + got.MessageCount);
                var reason = ParkedReading.Read(queue, got).Reason;
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
                looked++;
            }
            return count;
        }, cancel);
        return new ParkedTally(queue, messages, looked, reasons);
    }

    /// <summary>The oldest messages, which stay where they are; or the one of an id.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="id">A message's id; null for the oldest.</param>
    /// <param name="most">How many, when no id is given.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>None when there are none, or none has that id among the first <see cref="SearchMax"/>.</returns>
    /// <exception cref="BrokerException">There is no such queue, or the broker did not answer.</exception>
    public Task<IReadOnlyList<ParkedMessage>> LookAsync(ErrorQueueName queue, string? id, int most, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return OnAsync<IReadOnlyList<ParkedMessage>>(queue, async (visit, _) =>
        {
            if (id is not null)
                return await FindAsync(visit, queue, id, cancel) is { } one ? [ParkedReading.Read(queue, one)] : [];
            var found = new List<ParkedMessage>();
            while (found.Count < most && await visit.NextAsync(cancel) is { } got)
                found.Add(ParkedReading.Read(queue, got));
            return found;
        }, cancel);
    }

    /// <summary>Puts messages back into the queue they came from: one, or all that are there now. One that fails again and comes back meanwhile is left.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="id">A message's id; null for all.</param>
    /// <param name="cancel">Gives up; what was put back by then stays so.</param>
    /// <returns>How many were put back.</returns>
    /// <exception cref="BrokerException">A queue is not there, or takes nothing. Nothing is lost: what was not put back is where it was.</exception>
    public Task<int> ReplayAsync(ErrorQueueName queue, string? id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return EndAsync(queue, id, (visit, got) => visit.MoveAsync(queue, queue.Source, ParkedHeaders.ForReplay(got.BasicProperties), got, Confirmed, cancel), cancel);
    }

    /// <summary>Throws messages away for good: one, or all that are there now.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="id">A message's id; null for all.</param>
    /// <param name="cancel">Gives up; what is gone by then is gone.</param>
    /// <returns>How many are gone.</returns>
    /// <exception cref="BrokerException">There is no such queue, or the broker did not answer.</exception>
    public Task<int> DiscardAsync(ErrorQueueName queue, string? id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return EndAsync(queue, id, (visit, got) => visit.EndAsync(got, cancel), cancel);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task<int> EndAsync(ErrorQueueName queue, string? id, Func<ParkedVisit, BasicGetResult, Task> end, CancellationToken cancel) =>
        OnAsync(queue, async (visit, count) =>
        {
            if (id is not null)
            {
                if (await FindAsync(visit, queue, id, cancel) is not { } one)
                    return 0;
                await end(visit, one);
                return 1;
            }

            // The count may be a moment old, so the first message is asked for in any case, and tells how many are behind it.
            var (ended, bound) = (0, Math.Max(count, 1));
            while (ended < bound && await visit.TakeAsync((int)Math.Min(BatchMax, bound - ended), cancel) is { Count: > 0 } batch)
            {
                if (ended == 0)
                    bound = Math.Max(bound, 1 + batch[0].MessageCount);
                await Task.WhenAll(batch.Select(got => end(visit, got)));
                ended += batch.Count;
            }
            return ended;
        }, cancel);

    private static async Task<BasicGetResult?> FindAsync(ParkedVisit visit, ErrorQueueName queue, string id, CancellationToken cancel)
    {
        for (var searched = 0; searched < SearchMax && await visit.NextAsync(cancel) is { } got; searched++)
        {
            if (ParkedReading.Id(queue, got) == id)
                return got;
        }
        return null;
    }

    /// <summary>One visit, on a channel of its own: what it took and did not end goes back when it is over.</summary>
    private async Task<T> OnAsync<T>(ErrorQueueName queue, Func<ParkedVisit, long, Task<T>> work, CancellationToken cancel)
    {
        try
        {
            var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
            await using var channel = await _connection.CreateChannelAsync(confirmed, cancel);
            var count = (await channel.QueueDeclarePassiveAsync(queue.Name, cancel)).MessageCount;
            var visit = new ParkedVisit(channel, queue, _options.SendTimeout, _clock);
            try
            {
                return await work(visit, count);
            }
            finally
            {
                if (channel.IsOpen)
                    await visit.LeaveAsync();
            }
        }
        catch (OperationInterruptedException e)
        {
            throw ParkedFaults.Of(e, queue, _options);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw ParkedFaults.Late(_options, e);
        }
        catch (TimeoutException e)
        {
            throw ParkedFaults.Late(_options, e);
        }
    }
}
