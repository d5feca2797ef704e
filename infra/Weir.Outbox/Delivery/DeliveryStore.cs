using Microsoft.EntityFrameworkCore;
using Weir.Outbox.Dialects;
using Weir.Outbox.Lanes;

namespace Weir.Outbox.Delivery;

/// <summary>The statements of a delivery, on one context.</summary>
internal sealed class DeliveryStore<TDbContext>(Lane<TDbContext> lane, TDbContext db)
    where TDbContext : DbContext
{
    private const int DueMax = 1_000;

    // The lock's holder gives up after 2 s at the latest: it sends for MessageDeliveryTimeout, and the server ends it
    // when it stands still for half a second more.
    private static readonly TimeSpan IdleMargin = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(10);

    private readonly TableNames _names = lane.Names(db);

    private RawSql Sql => lane.Sql(db);

    /// <summary>Rows that are due, in order, above a number; takes the lane's lock first where the database has one.</summary>
    public Task<List<OutboxMessage>> ReadAsync(long above, IReadOnlyList<string> heldDestinations, CancellationToken cancel)
    {
        var held = string.Join(", ", heldDestinations.Select((_, index) => $"@held{index}"));
        var exceptHeld = held.Length == 0 ? "" : $"AND COALESCE({C(nameof(OutboxMessage.DestinationAddress))}, '') NOT IN ({held})";
        var text = $"""
            {lane.Dialect.TakeLane(lane.Ids.LockKey, lane.Settings.MessageDeliveryTimeout + IdleMargin, LockWait)}
            SELECT {RowReader.Columns(_names)} FROM {_names.Outbox}
            WHERE {C(nameof(OutboxMessage.OutboxId))} = @waiting AND {C(nameof(OutboxMessage.SequenceNumber))} > @above {exceptHeld}
            ORDER BY {C(nameof(OutboxMessage.SequenceNumber))} LIMIT @rows
            """;
        (string, object)[] values =
        [
            ("waiting", lane.Ids.Waiting), ("above", above), ("rows", lane.Settings.QueryMessageLimit),
            .. heldDestinations.Select((destination, index) => ($"held{index}", (object)destination)),
        ];
        return Sql.ReadAsync(text, RowReader.Read, cancel, values);
    }

    public Task DeleteAsync(IReadOnlyList<long> rows, CancellationToken cancel) => lane.Dialect.DeleteAsync(Sql, _names, rows, cancel);

    /// <summary>Moves the row out of the waiting ones, with its reason beside its headers.</summary>
    public async Task SetAsideAsync(OutboxMessage row, string reason, CancellationToken cancel)
    {
        await LaneRows.EnsureAsync(lane, db, cancel);
        await Sql.RunAsync(
            $"""
            UPDATE {_names.Outbox} SET {C(nameof(OutboxMessage.OutboxId))} = @aside, {C(nameof(OutboxMessage.Headers))} = @headers
            WHERE {C(nameof(OutboxMessage.SequenceNumber))} = @row
            """,
            cancel, ("aside", lane.Ids.SetAside), ("headers", StoredHeaders.Add(row.Headers, reason, lane.Now)), ("row", row.SequenceNumber));
    }

    /// <summary>Lets delayed rows wait with the others once their time has come.</summary>
    public Task<int> MoveDueAsync(CancellationToken cancel) => Sql.RunAsync(
        $"""
        UPDATE {_names.Outbox} SET {C(nameof(OutboxMessage.OutboxId))} = @waiting, {C(nameof(OutboxMessage.EnqueueTime))} = NULL
        WHERE {C(nameof(OutboxMessage.SequenceNumber))} IN (
            SELECT {C(nameof(OutboxMessage.SequenceNumber))} FROM {_names.Outbox}
            WHERE {C(nameof(OutboxMessage.OutboxId))} = @delayed AND {C(nameof(OutboxMessage.EnqueueTime))} <= @now
            ORDER BY {C(nameof(OutboxMessage.EnqueueTime))} LIMIT @rows {lane.Dialect.SkipLocked})
        """,
        cancel, ("waiting", lane.Ids.Waiting), ("delayed", lane.Ids.Delayed), ("now", lane.Now), ("rows", DueMax));

    private string C(string property) => _names.Column(property);
}
