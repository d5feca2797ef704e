using Weir.Outbox.Lanes;

namespace Weir.Outbox.Delivery;

/// <summary>
/// Sends rows in order, many on their way at once. The first to each destination that is not warm goes alone: an endpoint
/// that is only being opened lets those who wait for it go in any order. A destination that failed takes nothing more in this
/// batch, so that nothing overtakes what it did not take.
/// </summary>
internal sealed class BatchSender(RowSender sender, HeldDestinations held, WarmDestinations warm, OutboxSettings settings, TimeProvider clock)
{
    /// <summary>Calls <paramref name="ended"/> once for each row that was sent, in order.</summary>
    /// <returns>Whether every row was tried.</returns>
    public async Task<bool> SendAsync(IReadOnlyList<OutboxMessage> rows, Action<OutboxMessage, SendResult> ended, CancellationToken cancel)
    {
        // What was started gets at least half of the time; all of it ends before the lock's holder must give up.
        var begun = clock.GetTimestamp();
        using var time = new CancellationTokenSource(settings.MessageDeliveryTimeout, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);

        var opened = new HashSet<string>(StringComparer.Ordinal);
        var failed = new HashSet<string>(StringComparer.Ordinal);
        var underway = new Queue<(OutboxMessage Row, Task<SendResult> Send)>();
        var isWhole = true;
        foreach (var row in rows)
        {
            var destination = row.DestinationAddress ?? "";
            if (clock.GetElapsedTime(begun) > settings.MessageDeliveryTimeout / 2 || failed.Contains(destination))
            {
                isWhole = false;
                continue;
            }

            underway.Enqueue((row, sender.SendAsync(row, limit.Token)));
            await SettleAsync(opened.Add(destination) && !warm.Contains(destination) ? 0 : settings.MessageDeliveryLimit - 1);
        }

        await SettleAsync(0);
        return isWhole && failed.Count == 0;

        async Task SettleAsync(int leave)
        {
            while (underway.Count > leave)
            {
                var (row, send) = underway.Dequeue();
                var result = await send;
                Note(row.DestinationAddress ?? "", result.Outcome, failed);
                ended(row, result);
            }
        }
    }

    private void Note(string destination, SendOutcome outcome, HashSet<string> failed)
    {
        if (outcome == SendOutcome.TryAgain)
        {
            warm.Failed(destination);
            if (failed.Add(destination)) held.Hold(destination);
        }
        else if (outcome is SendOutcome.Confirmed or SendOutcome.Returned && !failed.Contains(destination))
        {
            warm.Confirmed(destination);
            held.Release(destination);
        }
    }
}
