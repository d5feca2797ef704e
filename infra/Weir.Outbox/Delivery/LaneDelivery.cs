using System.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Weir.Outbox.Lanes;

namespace Weir.Outbox.Delivery;

/// <summary>
/// One look at the lane: read, send, delete what is confirmed. On PostgreSQL all of it happens in one transaction that
/// holds the lane's lock, so replicas take turns and order holds over all of them; the lock goes with the transaction,
/// whoever ends it.
/// </summary>
internal sealed class LaneDelivery<TDbContext>(
    Lane<TDbContext> lane, IBusControl bus, OutboxMetrics<TDbContext> metrics, ILogger<LaneDelivery<TDbContext>> logger)
    where TDbContext : DbContext
{
    private readonly RowSender _sender = new(bus, lane.Settings.MessageBytesMax, lane.Clock);
    private readonly WarmDestinations _warm = new(lane.Clock);

    public HeldDestinations Held { get; } = new(bus, lane.Clock);

    /// <param name="db">A context that nobody else uses; nothing of a look stays in it.</param>
    /// <param name="above">Only rows with a higher number.</param>
    /// <param name="moveDue">Also let delayed rows in whose time has come.</param>
    /// <param name="cancel">The host stops.</param>
    public async Task<Look> LookAsync(TDbContext db, long above, bool moveDue, CancellationToken cancel)
    {
        var store = new DeliveryStore<TDbContext>(lane, db);
        if (moveDue) await store.MoveDueAsync(cancel);

        var begun = lane.Clock.GetTimestamp();
        await using var transaction = lane.Dialect.LocksLane
            ? await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel)
            : null;
        var rows = await store.ReadAsync(above, Held.Now(), cancel);
        if (rows.Count == 0) return new Look(0, 0, null, false);

        var gone = new List<long>(rows.Count);
        var aside = new List<(OutboxMessage Row, Exception Reason)>();
        var batch = new BatchSender(_sender, Held, _warm, lane.Settings, lane.Clock);
        var isWhole = await batch.SendAsync(rows, (row, result) => Sort(row, result, gone, aside), cancel);

        // From here on the host's stop is no reason to forget what the broker has: a row left behind is sent twice.
        if (gone.Count > 0) await store.DeleteAsync(gone, CancellationToken.None);
        foreach (var (row, reason) in aside) await store.SetAsideAsync(row, reason.Message, CancellationToken.None);
        if (transaction is not null) await transaction.CommitAsync(CancellationToken.None);

        metrics.Batch(lane.Clock.GetElapsedTime(begun));
        return new Look(rows.Count, gone.Count + aside.Count, rows[^1].SequenceNumber, !isWhole);
    }

    private void Sort(OutboxMessage row, SendResult result, List<long> gone, List<(OutboxMessage Row, Exception Reason)> aside)
    {
        metrics.Ended(result.Outcome, lane.Now - row.SentTime);
        switch (result.Outcome)
        {
            case SendOutcome.TryAgain:
                DeliveryLog.TryAgain(logger, row.SequenceNumber, row.MessageId, row.DestinationAddress, result.Exception!.Message);
                break;
            case SendOutcome.OwnFault:
                DeliveryLog.SetAside(logger, row.SequenceNumber, row.MessageId, row.DestinationAddress, result.Exception!);
                aside.Add((row, result.Exception!));
                break;
            default:
                gone.Add(row.SequenceNumber);
                break;
        }
    }
}
